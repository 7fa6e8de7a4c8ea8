package io.pulzar.masters;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.EmbeddedBucket;
import io.pulzar.EmbeddedPostgres;
import io.pulzar.NumberedJob;
import io.pulzar.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three masters and a node, as processes with real workers, on one PostgreSQL: the leader is
 * killed, and made to stand still for longer than its lease, and PostgreSQL is killed, while
 * clients launch and wait through any of them. Values are in a bucket.
 */
final class MastersIT {

  /** How a process ends that lost the lease. */
  private static final int LOST = 70;

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path directory;
  private final EmbeddedBucket bucket = EmbeddedBucket.start();
  private EmbeddedPostgres postgres;
  private Masters masters;
  private final List<Duration> takeOvers = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    postgres = EmbeddedPostgres.start();
    masters = new Masters(directory, postgres, 3, bucket.options(directory));
  }

  @AfterEach
  void stop() {
    try (EmbeddedBucket _ = bucket;
        EmbeddedPostgres last = postgres;
        Masters first = masters) {
      assertThat(last).isNotNull();
      assertThat(first).isNotNull();
    }
  }

  @Test
  void whateverIsKilledNothingAcknowledgedIsLost() throws IOException {
    try (Launches launches = new Launches(masters)) {
      assertThat(masters.ask(masters.standby(), "POST", NumberedJob.LAUNCH + "?wait=30s").body())
          .contains("\"status\":\"completed\"");
      assertThat(masters.ask(masters.standby(), "GET", "/admin/masters").body())
          .containsOnlyOnce("\"leader\":true");
      masters.scheduleEachSecond(12);
      launches.awaitMore();
      assertThat(masters.askOn(masters.standby(), "PUT", "/add_key/kept", "in it").statusCode())
          .isEqualTo(201);
      kill();
      assertThat(masters.askOn(masters.standby(), "GET", "/get_key/kept", "").body())
          .isEqualTo("in it");
      refuseAnotherKey();
      launches.awaitMore();
      standStill();
      launches.awaitMore();
      killPostgres();
      launches.awaitMore();
      launches.stop();
      launches.checkThatAllCompletedOnce();
      masters.checkThatEachScheduleRanOnce();
    }
    System.out.printf("take-over: %s ms%n", takeOvers.stream().map(Duration::toMillis).toList());
  }

  @Test
  @Tag("long")
  void nothingAcknowledgedIsLostInManyFaults() throws IOException {
    int kills = Integer.getInteger("pulzar.kills", 50);
    try (Launches launches = new Launches(masters)) {
      masters.scheduleEachSecond(300);
      for (int kill = 0; kill < kills; kill++) {
        launches.awaitMore();
        switch (kill % 5) {
          case 3 -> standStill();
          case 4 -> killPostgres();
          default -> kill();
        }
      }
      launches.awaitMore();
      launches.stop();
      launches.checkThatAllCompletedOnce();
      masters.checkThatEachScheduleRanOnce();
    }
    List<Long> millis = takeOvers.stream().map(Duration::toMillis).sorted().toList();
    System.out.printf(
        "%d take-overs: p50 %d ms, worst %d ms: %s%n",
        millis.size(), millis.get(millis.size() / 2), millis.getLast(), millis);
  }

  private void refuseAnotherKey() throws IOException {
    try (ServerProcess other = masters.start("other", "another key", ServerProcess.freePort())) {
      assertThat(other.awaitExit()).isNotZero();
      assertThat(other.log()).contains("the cluster key here is not that of the other masters");
    }
  }

  private void kill() throws IOException {
    int leader = masters.leader();
    masters.process(leader).kill();
    awaitTakeOver(leader);
    masters.start(leader);
  }

  /** For longer than its lease; when it goes on it finds that it leads no more. */
  private void standStill() throws IOException {
    int leader = masters.leader();
    ServerProcess process = masters.process(leader);
    process.pause();
    awaitTakeOver(leader);
    process.resume();
    assertThat(process.awaitExit()).isEqualTo(LOST);
    assertThat(process.log()).contains("is another server's now");
    masters.start(leader);
  }

  private void killPostgres() {
    postgres.kill();
    postgres.restart();
  }

  private void awaitTakeOver(int before) {
    long start = System.nanoTime();
    Await.until("another master leads", PATIENCE, () -> masters.leads(before).isPresent());
    takeOvers.add(Duration.ofNanos(System.nanoTime() - start));
  }
}
