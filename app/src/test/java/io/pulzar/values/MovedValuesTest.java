package io.pulzar.values;

import static io.pulzar.values.BucketServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.Await;
import io.pulzar.bucket.FaultyWay.Fault;
import io.pulzar.polyglot.LeftBehind;
import io.pulzar.settings.BadSettingException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values that are moved from the disk of a node into a bucket, and back. */
final class MovedValuesTest {

  /** Nobody reads from the old place any more. */
  private static final Duration AFTERWARDS = Duration.ofMinutes(1);

  /** Comes in two parts. */
  private static final int LARGE = (9 << 20) + 5;

  private static final Map<String, String> ON_DISK = Map.of();
  private static final String ON_A_NODE = "\"node\":\"(?!s3:)";

  @TempDir private Path directory;
  private BucketServer server;

  @BeforeEach
  void prepare() {
    server = BucketServer.in(directory);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String values(String... words) {
    String master = server.server().master("").toString();
    return server.run(
        Stream.concat(Stream.of("values"), Stream.concat(Stream.of(words), server(master)))
            .toArray(String[]::new));
  }

  private static Stream<String> server(String master) {
    return Stream.of("--server", master);
  }

  private String report() {
    return server.server().send("GET", server.server().master("/admin/values/move"), "").body();
  }

  private void begin() {
    HttpResponse<String> answer =
        server.server().send("POST", server.server().master("/admin/values/move"), "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private void awaitState(String state) {
    Await.until("it is " + state, () -> report().contains("\"state\":\"" + state + "\""));
  }

  private static Map<String, String> several() {
    Map<String, String> values = new TreeMap<>();
    values.put("/a/empty", "");
    values.put("/a/small", "small value");
    values.put("/a/block", text(262_144));
    values.put("/a/file", text(300_000));
    values.put("/b/large", text(LARGE));
    return values;
  }

  /** What a client can see of a key besides its bytes. */
  private String seen(String key) {
    HttpResponse<String> head =
        server.server().send("HEAD", server.server().node("/get_key" + key), "");
    assertThat(head.statusCode()).isEqualTo(200);
    return Stream.of("etag", "last-modified", "content-length")
        .map(name -> head.headers().firstValue(name).orElseThrow())
        .toList()
        .toString();
  }

  private Map<String, String> seen(Map<String, String> values) {
    Map<String, String> seen = new TreeMap<>();
    values.keySet().forEach(key -> seen.put(key, seen(key)));
    return seen;
  }

  private void assertThere(Map<String, String> values) {
    values.forEach((key, value) -> assertThat(server.get(key).body()).isEqualTo(value));
  }

  /** The listing without where values are. */
  private String listed() {
    return server
        .keys()
        .replaceAll("\"(node|url|address)\":\"[^\"]*\"", "")
        .replaceAll("\"copies\":\\d+", "");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("home/node/values/files"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void whatIsKnownOfAValueStaysWhenItsBytesAreMovedIntoTheBucketAndBack() throws IOException {
    server.start(ON_DISK);
    Map<String, String> values = several();
    values.forEach(server::store);
    server.store("/short?ttl=1h", "goes in an hour");
    server.store("/replaced", "one");
    server.store("/replaced?replace=true", "two");
    values.put("/short", "goes in an hour");
    values.put("/replaced", "two");
    Map<String, String> before = seen(values);
    String listed = listed();
    server.stop();

    server.start();
    assertThat(values("move", "--wait")).startsWith("0 ").contains("has ended: 7 values of ");
    assertThat(server.objects()).hasSize(7);
    assertThat(server.keys()).doesNotContainPattern(ON_A_NODE);
    assertThere(values);
    assertThat(seen(values)).isEqualTo(before);
    assertThat(listed()).isEqualTo(listed);
    String tag = server.get("/a/file").headers().firstValue("etag").orElseThrow();
    assertThat(server.get("/a/file", "If-None-Match", tag).statusCode()).isEqualTo(304);
    HttpResponse<String> replaced =
        server
            .server()
            .send(
                "PUT",
                server.server().node("/add_key/a/file?replace=true"),
                "new",
                "If-Match",
                tag);
    assertThat(replaced.statusCode()).isEqualTo(201);
    values.put("/a/file", "new");
    server.stop();

    server.clock(Clock.offset(Clock.systemUTC(), AFTERWARDS)).start();
    Await.until("the disk is empty", () -> filesAreGone());
    assertThere(values);
    assertThat(server.check()).startsWith("0 7 values");
    before = seen(values);
    server.stop();

    server.set("pulzar.values.leave", "true").start();
    assertThat(values("move", "--wait")).startsWith("0 ").contains("to the disks has ended: 7");
    assertThere(values);
    assertThat(seen(values)).isEqualTo(before);
    server.store("/new", "on the disk");
    values.put("/new", "on the disk");
    assertThat(server.keys()).doesNotContain("s3:");
    assertThat(files()).isNotEmpty();
    server.stop();

    server.clock(Clock.systemUTC()).start(ON_DISK);
    assertThere(values);
    before.forEach((key, was) -> assertThat(seen(key)).isEqualTo(was));
    assertThat(server.check()).startsWith("0 8 values");
    assertThat(server.delete("/b/large")).isEqualTo(200);
    assertThat(server.get("/b/large").statusCode()).isEqualTo(404);
  }

  private boolean filesAreGone() {
    try {
      return files().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void whatIsInTheBucketKeepsAServerFromStartingWithoutIt() {
    server.start();
    server.store("/mine", "value");
    server.stop();
    assertThatThrownBy(() -> server.start(ON_DISK))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("pulzar.values.leave")
        .hasMessageContaining("pulzar values move");
  }

  @Test
  void withoutABucketThereIsNowhereToMoveTo() {
    server.start(ON_DISK);
    assertThat(values("move")).startsWith("3 ").contains("pulzar.values is not set");
    assertThat(values()).startsWith("3 ");
  }

  @Test
  void aValueThatIsWrittenOrDeletedMeanwhileCounts() throws InterruptedException {
    server.start(ON_DISK);
    Map<String, String> values = new ConcurrentSkipListMap<>();
    for (int number = 0; number < 60; number++) {
      values.put("/k/" + number, "old " + text(70_000 + number));
    }
    values.forEach(server::store);
    server.stop();
    server.set("pulzar.values.move-rate", "3MB").start();
    begin();
    AtomicBoolean ended = new AtomicBoolean();
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int round = 0; !ended.get(); round++) {
                    String key = "/k/" + (59 - round % 20);
                    String value = "new " + round + text(66_000);
                    server.store(key + "?replace=true", value);
                    values.put(key, value);
                    String other = "/k/" + (round % 20);
                    if (values.remove(other) != null) {
                      assertThat(server.delete(other)).isEqualTo(200);
                    }
                  }
                });
    awaitState("ended");
    ended.set(true);
    writer.join();
    assertThere(values);
    assertThat(server.get("/k/0").statusCode()).isEqualTo(404);
    assertThat(server.keys()).doesNotContainPattern(ON_A_NODE);
    assertThat(report()).contains("\"left\":{\"values\":0,\"bytes\":0}");
    server.stop();
    server.clock(Clock.offset(Clock.systemUTC(), AFTERWARDS)).start();
    Await.until("what does not count is gone", () -> server.objects().size() == values.size());
    assertThere(values);
  }

  @Test
  void aMoveThatIsStoppedOrWhoseServerStopsGoesOnWhereItWas() {
    server.start(ON_DISK);
    Map<String, String> values = new TreeMap<>();
    for (int number = 0; number < 40; number++) {
      values.put("/k/" + number, text(100_000 + number));
    }
    values.forEach(server::store);
    server.stop();
    server.set("pulzar.values.move-rate", "1MB").start();
    begin();
    begin();
    Await.until("some are moved", () -> !server.objects().isEmpty());
    server.stop();
    int moved = server.objects().size();
    assertThat(moved).isLessThan(40);
    server.start();
    Await.until("it goes on by itself", () -> server.objects().size() > moved);
    assertThat(values("stop")).startsWith("0 ").contains("was stopped");
    int there = server.objects().size();
    server.stop();
    server.start();
    assertThat(report()).contains("\"state\":\"none\"");
    assertThat(server.objects().size()).isBetween(there, there + 8).isLessThan(40);
    assertThere(values);
    server.stop();
    server.set("pulzar.values.move-rate", "100MB").start();
    assertThat(values("move", "--wait")).startsWith("0 ");
    assertThat(server.objects()).hasSize(40);
    assertThere(values);
  }

  @Test
  void noMoreIsMovedInASecondThanTheSettingSays() {
    server.start(ON_DISK);
    for (int number = 0; number < 20; number++) {
      server.store("/k/" + number, text(200_000));
    }
    server.stop();
    server.set("pulzar.values.move-rate", "1MB").start();
    long start = System.nanoTime();
    begin();
    awaitState("ended");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(3));
    server.stop();
    assertThatThrownBy(() -> server.set("pulzar.values.move-rate", "10").start())
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("pulzar.values.move-rate must be at least 1KB");
  }

  @Test
  void aBucketThatIsAwayInTheMiddleIsWaitedFor() {
    server.start(ON_DISK);
    Map<String, String> values = new TreeMap<>();
    for (int number = 0; number < 30; number++) {
      values.put("/k/" + number, text(100_000 + number));
    }
    values.forEach(server::store);
    server.stop();
    server
        .set("pulzar.values.move-rate", "1MB")
        .set("pulzar.values.timeout", "1s")
        .set("pulzar.values.patience", "1s")
        .start();
    begin();
    Await.until("some are moved", () -> !server.objects().isEmpty());
    server.way.down(true);
    awaitState("waiting");
    assertThat(report()).contains("does not answer");
    assertThat(values()).contains("goes on by itself later");
    server.way.down(false);
    awaitState("ended");
    assertThat(server.keys()).doesNotContainPattern(ON_A_NODE);
    assertThere(values);
  }

  @Test
  void aWayThatFailsAllTheTimeLosesNothingInEitherDirection() {
    server.start(ON_DISK);
    Map<String, String> values = several();
    for (int number = 0; number < 8; number++) {
      values.put("/k/" + number, text(50_000 + number));
    }
    values.forEach(server::store);
    Map<String, String> before = seen(values);
    server.stop();
    server.set("pulzar.values.timeout", "1s").set("pulzar.values.patience", "1s").start();
    moveThroughFaults("PUT |POST |GET |HEAD ");
    assertThere(values);
    assertThat(seen(values)).isEqualTo(before);
    server.stop();
    server.set("pulzar.values.leave", "true").start();
    moveThroughFaults("GET .*/values/");
    assertThere(values);
    assertThat(seen(values)).isEqualTo(before);
    server.stop();
    server.start(ON_DISK);
    assertThere(values);
  }

  private void moveThroughFaults(String requests) {
    begin();
    for (Fault fault : Fault.values()) {
      server.way.plan(requests, fault, 2);
      Await.until(
          "it was met, or all is moved",
          () -> server.way.hits() > 0 || report().contains("\"state\":\"ended\""));
    }
    server.way.plan("never", Fault.BUSY, 0);
    Await.until(
        "it has ended",
        () -> {
          if (report().contains("\"state\":\"ended\"")) {
            return report().contains("\"left\":{\"values\":0,") || again();
          }
          return false;
        });
  }

  /** What was cut off on its way out of the bucket counts as damaged until somebody asks again. */
  private boolean again() {
    begin();
    return false;
  }

  @Test
  void aDamagedValueStaysWhereItIsAndIsNamed() throws IOException {
    server.start(ON_DISK);
    server.store("/damaged", text(300_000));
    server.store("/fine", text(100_000));
    server.stop();
    Path file =
        files().stream()
            .max(Comparator.comparingLong(path -> path.toFile().length()))
            .orElseThrow();
    try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
      damaged.seek(290_000);
      damaged.write('!');
    }
    server.start();
    assertThat(values("move", "--wait"))
        .startsWith("1 ")
        .contains("1 can't be moved", "/damaged", "is damaged on its node's disk")
        .doesNotContain("/fine");
    assertThat(report()).contains("\"left\":{\"values\":1,\"bytes\":300000}");
    assertThat(server.get("/fine").body()).isEqualTo(text(100_000));
    assertThat(server.check()).startsWith("1 ").contains("1 values are damaged", "/damaged");
    assertThat(file).exists();
    Await.until("no half object stays", () -> server.objects().size() == 1);
  }

  @Test
  void anIndexFromBeforeTheMoveLosesNothing() throws IOException {
    server.set("pulzar.values.grace", "1h").start(ON_DISK);
    Map<String, String> values = several();
    values.forEach(server::store);
    server.stop();
    server.start();
    Path copy = directory.resolve("copy");
    server.stop();
    BucketValuesTest.copy(directory.resolve("home/master"), copy);
    server.start();
    assertThat(values("move", "--wait")).startsWith("0 ");
    server.stop();
    server.clock(Clock.offset(Clock.systemUTC(), AFTERWARDS)).start();
    Await.until("the disk is empty", () -> filesAreGone());
    server.stop();
    LeftBehind.remove(directory.resolve("home/master"));
    BucketValuesTest.copy(copy, directory.resolve("home/master"));
    server.clock(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(20))).start();
    assertThat(server.check("--fix")).startsWith("0 ");
    assertThere(values);
    assertThat(server.check()).startsWith("0 5 values");
  }

  @Test
  void anIndexFromBeforeTheWayBackLosesNothing() throws IOException {
    server.set("pulzar.values.grace", "1h").start();
    Map<String, String> values = several();
    values.forEach(server::store);
    server.stop();
    Path copy = directory.resolve("copy");
    BucketValuesTest.copy(directory.resolve("home/master"), copy);
    server.set("pulzar.values.leave", "true").start();
    assertThat(values("move", "--wait")).startsWith("0 ");
    server.stop();
    server.clock(Clock.offset(Clock.systemUTC(), AFTERWARDS)).start();
    Await.until("the bucket is empty", () -> server.objects().isEmpty());
    server.stop();
    LeftBehind.remove(directory.resolve("home/master"));
    BucketValuesTest.copy(copy, directory.resolve("home/master"));
    server.start();
    assertThat(server.check("--fix")).startsWith("0 ");
    assertThere(values);
    assertThat(server.check()).startsWith("0 5 values");
  }
}
