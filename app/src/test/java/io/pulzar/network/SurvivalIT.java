package io.pulzar.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.ServerProcess;
import io.pulzar.network.Load.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A master and two nodes on hosts of their own, under load, while things go wrong. Prints a row for
 * the table in docs/operations.md for each. All faults, in some 20 minutes: {@code pulzar test
 * --long}.
 */
final class SurvivalIT {

  private static final int SOME = 60;

  /** Enough of them in a few seconds to use up the room that a full disk leaves a server. */
  private static final int LARGE = 48 << 10;

  @TempDir private Path directory;
  private Cluster cluster;
  private Network.Host first;
  private Network.Host second;
  private ServerProcess master;
  private ServerProcess node;
  private ServerProcess other;
  private int valueBytes = 1_000;

  /** Something that goes wrong. */
  private interface Fault {
    void begin() throws Exception;
  }

  @BeforeEach
  void start() throws IOException, InterruptedException {
    Optional<String> obstacle = Network.obstacle();
    obstacle.ifPresent(why -> System.out.println("SKIPPED: no hosts can be made here: " + why));
    Assumptions.assumeTrue(obstacle.isEmpty(), "no hosts can be made here");
    cluster = new Cluster(directory);
    first = cluster.network().host();
    second = cluster.network().host();
    master = startMaster();
    master.awaitReady();
    node = startFirst();
    other = cluster.node(second, "two", Cluster.KEY, "--set", "pulzar.node.name=two");
    node.awaitReady();
    other.awaitReady();
  }

  @AfterEach
  void stop() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  @Tag("long")
  void theMasterIsKilledAndComesBack() throws Exception {
    survive(
        "master killed, started again",
        () -> master.kill(),
        Duration.ZERO,
        () -> master = startMaster());
  }

  @Test
  @Tag("long")
  void aNodeIsKilledAndComesBack() throws Exception {
    survive(
        "one of two nodes killed, started again after 20 s",
        () -> node.kill(),
        Duration.ofSeconds(20),
        () -> node = startFirst());
  }

  @Test
  void aNodeIsCutOffForFiveSeconds() throws Exception {
    aNodeIsCutOff("cut off both ways", Cable.CUT, 5);
  }

  @Tag("long")
  @ParameterizedTest(name = "{0} for {2} s")
  @MethodSource("cuts")
  void aNodeIsCutOff(String how, Cable cable, int seconds) throws Exception {
    survive(
        "one of two nodes %s for %d s".formatted(how, seconds),
        () -> first.use(cable),
        Duration.ofSeconds(seconds),
        () -> first.use(Cable.GOOD));
  }

  static Stream<Arguments> cuts() {
    return Stream.of(
        Arguments.of("not heard, but hears", Cable.MUTE, 5),
        Arguments.of("heard, but does not hear", Cable.DEAF, 5),
        Arguments.of("cut off both ways", Cable.CUT, 30),
        Arguments.of("not heard, but hears", Cable.MUTE, 30),
        Arguments.of("heard, but does not hear", Cable.DEAF, 30),
        Arguments.of("cut off both ways", Cable.CUT, 300));
  }

  @Test
  @Tag("long")
  void theMasterIsCutOffForHalfAMinute() throws Exception {
    survive(
        "the master's host cut off for 30 s",
        () -> cluster.masterHost().use(Cable.CUT),
        Duration.ofSeconds(30),
        () -> cluster.masterHost().use(Cable.GOOD));
  }

  @Test
  @Tag("long")
  void aNodeIsSlow() throws Exception {
    survive(
        "one of two nodes slow for 60 s: 200 ms there and back, 10 % of the packets lost each way",
        () -> first.use(Cable.BAD), Duration.ofSeconds(60), () -> first.use(Cable.GOOD));
  }

  @Test
  @Tag("long")
  void theDiskOfTheMasterIsFull() throws Exception {
    full(
        "master",
        "the master's disk full for 10 s",
        () -> master.kill(),
        () -> {
          master = startMaster();
          master.awaitReady();
        });
  }

  @Test
  @Tag("long")
  void theDiskOfANodeIsFull() throws Exception {
    full(
        "one",
        "the disk of one of two nodes full for 10 s",
        () -> node.kill(),
        () -> {
          node = startFirst();
          node.awaitReady();
        });
  }

  private ServerProcess startMaster() throws IOException {
    return cluster.master("--set", "pulzar.jobs.losses=20");
  }

  private ServerProcess startFirst() throws IOException {
    return cluster.node(first, "one", Cluster.KEY, "--set", "pulzar.node.name=one");
  }

  /** The home is moved to a disk of its own, which is filled to the last byte. */
  private void full(String home, String name, Fault stop, Fault startAgain) throws Exception {
    valueBytes = LARGE;
    stop.begin();
    Path moved = directory.resolve(home + "-moved");
    Path kept = directory.resolve(home);
    Files.move(kept, moved);
    Files.createDirectory(kept);
    run("mount", "-t", "tmpfs", "-o", "size=200m", "pulzar-test", kept.toString());
    try {
      run("cp", "-a", moved + "/.", kept.toString());
      startAgain.begin();
      Path filler = kept.resolve("filler");
      survive(
          name,
          () -> run("sh", "-c", "cat /dev/zero > " + filler + " 2>/dev/null || true"),
          Duration.ofSeconds(10),
          () -> Files.delete(filler));
    } finally {
      stop.begin();
      run("umount", "-l", kept.toString());
    }
  }

  private void survive(String name, Fault begin, Duration lasting, Fault end) throws Exception {
    try (Load load = Load.on(cluster.masterUrl(), valueBytes)) {
      load.awaitService();
      load.awaitMore(SOME);
      begin.begin();
      LockSupport.parkNanos(lasting.toNanos());
      end.begin();
      long over = System.nanoTime();
      load.awaitService();
      double service = Duration.ofNanos(System.nanoTime() - over).toMillis() / 1000.0;
      Await.until(
          "both nodes are online",
          Duration.ofSeconds(90),
          () -> isOnline("one") && isOnline("two"));
      double whole = Duration.ofNanos(System.nanoTime() - over).toMillis() / 1000.0;
      load.awaitMore(SOME);
      Result result = load.result();
      System.out.println(
          String.format(
              Locale.ROOT,
              "| %s | %d of %d %s | %.1f s, all nodes %.1f s | %d jobs (%d repeated), %d values | %d lost, %d twice |",
              name,
              result.failed(),
              result.requests(),
              result.failures(),
              service,
              whole,
              result.jobs(),
              result.repeated(),
              result.values(),
              result.lost().size(),
              result.twice().size()));
      assertThat(result.lost()).isEmpty();
      assertThat(result.twice()).isEmpty();
    }
  }

  private boolean isOnline(String name) {
    try {
      return cluster.isOnline(name);
    } catch (IllegalStateException e) {
      return false; // The master does not answer yet.
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(List.of(command)).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
  }
}
