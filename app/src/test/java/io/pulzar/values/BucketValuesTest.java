package io.pulzar.values;

import static io.pulzar.values.BucketServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.Await;
import io.pulzar.TestServer;
import io.pulzar.bucket.About;
import io.pulzar.bucket.Bucket;
import io.pulzar.bucket.Marker;
import io.pulzar.bucket.Upload;
import io.pulzar.jobs.ScriptedPython;
import io.pulzar.polyglot.LeftBehind;
import io.pulzar.settings.BadSettingException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values whose bytes are in a bucket. */
final class BucketValuesTest {

  /** Comes in three parts. */
  private static final int LARGE = (17 << 20) + 5;

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

  @Test
  void theBytesAreInTheBucketAndOnNoDisk() throws IOException {
    server.start();
    server.store("/small", "small value");
    String large = text(LARGE);
    server.store("/large", large);
    server.store("/empty", "");
    assertThat(server.objects()).hasSize(3);
    assertThat(server.openUploads()).isZero();
    assertThat(server.get("/small").body()).isEqualTo("small value");
    assertThat(server.get("/large").body()).isEqualTo(large);
    assertThat(server.get("/empty").body()).isEmpty();
    HttpResponse<String> part = server.get("/large", "Range", "bytes=8388600-8388700");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(large.substring(8_388_600, 8_388_701));
    assertThat(server.keys()).contains("\"node\":\"s3:\"");
    try (Stream<Path> files = Files.walk(directory.resolve("home/node/values/files"))) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void whatIsDeletedGoesFromTheBucketToo() {
    server.start();
    server.store("/gone", "value");
    server.store("/short?ttl=1s", "value");
    assertThat(server.delete("/gone")).isEqualTo(200);
    assertThat(server.get("/gone").statusCode()).isEqualTo(404);
    Await.until("both objects are gone", () -> server.objects().isEmpty());
    assertThat(server.get("/short").statusCode()).isEqualTo(404);
  }

  @Test
  void readersAreSentOnToTheBucketWhereThatIsWished() {
    server.set("pulzar.values.redirect", "true").start();
    String value = text(300_000);
    server.store("/sent/on", value);
    HttpResponse<String> answer = server.get("/sent/on");
    assertThat(answer.statusCode()).isEqualTo(307);
    URI url = URI.create(answer.headers().firstValue("location").orElseThrow());
    assertThat(url.getPort()).isEqualTo(server.way.port());
    HttpResponse<String> read = server.server().send("GET", url, "", "Range", "bytes=7-99");
    assertThat(read.statusCode()).isEqualTo(206);
    assertThat(read.body()).isEqualTo(value.substring(7, 100));
    HttpResponse<String> head =
        server.server().send("HEAD", server.server().node("/get_key/sent/on"), "");
    String tag = head.headers().firstValue("etag").orElseThrow();
    assertThat(server.get("/sent/on", "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(server.get("/sent/on", "If-Match", tag).body()).isEqualTo(value);
    server.delete("/sent/on");
    assertThat(server.get("/sent/on").statusCode()).isEqualTo(404);
  }

  @Test
  void aRefusedDuplicateLeavesNoObject() {
    server.start();
    server.store("/once", "first");
    assertThat(server.put("/once", "second").statusCode()).isEqualTo(409);
    assertThat(server.put("/once", text(200_000)).statusCode()).isEqualTo(409);
    Await.until("one object is left", () -> server.objects().size() == 1);
    assertThat(server.get("/once").body()).isEqualTo("first");
  }

  @Test
  void aRestartChangesNothing() {
    server.start();
    server.store("/kept", "value");
    server.stop();
    server.start();
    assertThat(server.get("/kept").body()).isEqualTo("value");
    server.store("/kept?replace=true", "other");
    assertThat(server.get("/kept").body()).isEqualTo("other");
  }

  @Test
  void damageAndLossAreNeverServedAndFoundByTheCheck() {
    server.start();
    String value = text(600_000);
    server.store("/damaged", value);
    String damaged = server.objects().iterator().next();
    server.bucket.overwrite(
        damaged, text(600_001).substring(1).getBytes(StandardCharsets.US_ASCII));
    HttpResponse<String> answer = server.get("/damaged");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("value_damaged");
    server.store("/lost", "value");
    String lost =
        server.objects().stream().filter(name -> !name.equals(damaged)).findFirst().orElseThrow();
    server.bucket.lose(lost);
    assertThat(server.get("/lost").statusCode()).isEqualTo(500);
    server.store("/fine", "value");
    assertThat(server.check())
        .startsWith("1 ")
        .contains("/damaged", "/lost")
        .doesNotContain("/fine");
    assertThat(server.check("--fix")).contains("/lost");
    assertThat(server.get("/lost").statusCode()).isEqualTo(404);
    assertThat(server.delete("/damaged")).isEqualTo(200);
    Await.until("all is well", () -> server.check().startsWith("0 1 value"));
  }

  @Test
  void objectsThatNoKeyEverStoodForGoAfterTheGrace() throws IOException {
    server.set("pulzar.values.grace", "2s").start();
    server.store("/kept", "value");
    try (Bucket bucket = Bucket.open(TestServer.settings(directory, server.bucketSettings()))) {
      About about = new About("/never", Instant.now(), Optional.empty(), "of nobody");
      bucket.write(12_345, about, "left by a crash".getBytes(StandardCharsets.US_ASCII), 15);
      Upload _ = bucket.begin(12_346, about);
    }
    assertThat(server.objects()).hasSize(2);
    assertThat(server.openUploads()).isEqualTo(1);
    Await.until("the object is gone", () -> server.objects().size() == 1);
    Await.until("the upload is gone", () -> server.openUploads() == 0);
    assertThat(server.get("/kept").body()).isEqualTo("value");
    assertThat(server.get("/never").statusCode()).isEqualTo(404);
  }

  @Test
  void anIndexOfYesterdayGetsItsKeysBackAndLosesNothing() throws IOException {
    server.set("pulzar.values.grace", "1h").start();
    server.store("/before", "one");
    server.store("/deleted", "one");
    server.stop();
    Path copy = directory.resolve("copy");
    copy(directory.resolve("home/master"), copy);
    server.start();
    String large = text(300_000);
    server.store("/after", large);
    server.store("/before?replace=true", "two");
    server.stop();
    LeftBehind.remove(directory.resolve("home/master"));
    copy(copy, directory.resolve("home/master"));
    // Nothing is on its way any more, since nobody has written for longer than that takes.
    server.clock(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(20))).start();
    assertThat(server.get("/after").statusCode()).isEqualTo(404);
    assertThat(server.get("/before").body()).isEqualTo("one");
    assertThat(server.check()).contains("2 values had no key", "/after", "/before");
    assertThat(server.check("--fix")).contains("2 values had no key: listed again");
    assertThat(server.get("/after").body()).isEqualTo(large);
    assertThat(server.get("/before").body()).isEqualTo("two");
    assertThat(server.get("/deleted").body()).isEqualTo("one");
    assertThat(server.check()).startsWith("0 3 values");
  }

  /** As a dump of PostgreSQL is: the server has not started again since. */
  @Test
  void anIndexThatWasCopiedWhileItsServerRanIsFoundOutByTheNumbers() throws IOException {
    server.set("pulzar.values.grace", "1h").start();
    server.store("/before", "one");
    server.stop();
    Path copy = directory.resolve("copy");
    copy(directory.resolve("home/master"), copy);
    Marker then = marker();
    server.start();
    server.store("/after", "two");
    server.stop();
    mark(then);
    LeftBehind.remove(directory.resolve("home/master"));
    copy(copy, directory.resolve("home/master"));
    whatTheIndexLacksComesBack();
  }

  @Test
  void anIndexFromABackupOfARunningServerGetsItsKeysBack() throws IOException {
    server.set("pulzar.values.grace", "1h").start();
    server.store("/before", "one");
    String file = directory.resolve("backup.zip").toString();
    String master = server.server().master("").toString();
    assertThat(server.run("backup", file, "--server", master)).startsWith("0 ");
    server.store("/after", "two");
    server.stop();
    assertThat(server.run("restore", file, "--overwrite")).startsWith("0 ");
    whatTheIndexLacksComesBack();
  }

  private void whatTheIndexLacksComesBack() {
    // Nothing is on its way any more, since nobody has written for longer than that takes.
    server.clock(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(20))).start();
    assertThat(server.get("/after").statusCode()).isEqualTo(404);
    assertThat(server.health()).contains("the index of keys is older than", "check --fix");
    assertThat(server.check("--fix")).contains("1 values had no key: listed again");
    assertThat(server.get("/after").body()).isEqualTo("two");
    assertThat(server.get("/before").body()).isEqualTo("one");
  }

  @Test
  void whatSomebodyElseLeftAmongTheObjectsEndsNoCheck() throws IOException {
    server.set("pulzar.values.grace", "1h").start();
    server.store("/kept", "value");
    try (Bucket bucket = Bucket.open(TestServer.settings(directory, server.bucketSettings()))) {
      About about = new About("/no//key", Instant.now(), Optional.empty(), "of nobody");
      // Above all numbers, so that the index counts as older than the bucket.
      bucket.write(Long.MAX_VALUE - 1, about, new byte[] {1}, 1);
    }
    server.stop();
    server.clock(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(20))).start();
    assertThat(server.check()).contains("1 value");
    assertThat(server.get("/kept").body()).isEqualTo("value");
  }

  private Marker marker() throws IOException {
    try (Bucket bucket = Bucket.open(TestServer.settings(directory, server.bucketSettings()))) {
      return bucket.marker().orElseThrow();
    }
  }

  private void mark(Marker marker) throws IOException {
    try (Bucket bucket = Bucket.open(TestServer.settings(directory, server.bucketSettings()))) {
      bucket.mark(marker);
    }
  }

  @Test
  void aBucketOfSomebodyElseIsRefused() {
    server.start();
    server.store("/mine", "value");
    assertThatThrownBy(
            () -> {
              TestServer.Preparation other = TestServer.in(directory.resolve("other"));
              server.bucketSettings().forEach(other::set);
              other.start().close();
            })
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("values of another installation");
    assertThat(server.get("/mine").body()).isEqualTo("value");
  }

  @Test
  void aServerWithoutTheBucketThatHasItsValuesIsRefused() throws IOException {
    server.start();
    server.store("/mine", "value");
    server.stop();
    refused(Map.of(), "pulzar.values is not set");
    Map<String, String> wrong = server.bucketSettings();
    wrong.put("pulzar.values", wrong.get("pulzar.values") + "-2");
    refused(wrong, "is not the bucket with this installation's values");
    server.start();
    assertThat(server.get("/mine").body()).isEqualTo("value");
  }

  @Test
  void whatCanNotWorkEndsTheStartWithTheCure() throws IOException {
    Map<String, String> wrong = server.bucketSettings();
    wrong.put("pulzar.values.secret-key", "wrong");
    refused(wrong, "check the key and what it may do");
    wrong.putAll(server.bucketSettings());
    wrong.put("pulzar.values", "s3://no-such-bucket");
    refused(wrong, "no-such-bucket");
    wrong.put("pulzar.values", "file:///tmp");
    refused(wrong, "write s3://BUCKET");
    wrong.putAll(server.bucketSettings());
    wrong.put("pulzar.values.memory", "1MB");
    refused(wrong, "pulzar.values.memory");
    wrong.putAll(server.bucketSettings());
    wrong.remove("pulzar.values.secret-key");
    refused(wrong, "belong together");
    wrong.putAll(server.bucketSettings());
    wrong.put("pulzar.values.endpoint", "here");
    refused(wrong, "pulzar.values.endpoint must be like");
    wrong.put("pulzar.values.endpoint", "//127.0.0.1:9000");
    refused(wrong, "pulzar.values.endpoint must be like");
    wrong.put("pulzar.values.endpoint", "http://me:secret@127.0.0.1:9000");
    refused(wrong, "without a user or password");
    wrong.putAll(server.bucketSettings());
    wrong.put("pulzar.values.timeout", "1ms");
    refused(wrong, "pulzar.values.timeout must be at least 1s");
  }

  /** On a copy of the home: what a start that failed has open is open until the process ends. */
  private void refused(Map<String, String> settings, String why) throws IOException {
    Path other = Files.createTempDirectory(directory, "refused-");
    if (Files.exists(directory.resolve("home"))) {
      copy(directory.resolve("home"), other.resolve("home"));
    }
    TestServer.Preparation prepared = TestServer.in(other);
    settings.forEach(prepared::set);
    assertThatThrownBy(() -> prepared.start().close())
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining(why);
  }

  @Test
  void valuesFromBeforeStayOnTheirDiskUntilTheyAreWrittenAgain() {
    server.start(Map.of());
    String large = text(300_000);
    server.store("/old", large);
    server.store("/replaced", "one");
    server.store("/deleted", "one");
    server.stop();
    server.start();
    assertThat(server.get("/old").body()).isEqualTo(large);
    assertThat(server.objects()).isEmpty();
    server.store("/replaced?replace=true", "two");
    assertThat(server.get("/replaced").body()).isEqualTo("two");
    assertThat(server.objects()).hasSize(1);
    assertThat(server.delete("/deleted")).isEqualTo(200);
    assertThat(server.get("/deleted").statusCode()).isEqualTo(404);
    Await.until("all is well", () -> server.check().startsWith("0 2 values"));
  }

  @Test
  void everyNodeGivesOutEveryValueAndOneThatIsSetDifferentlyTakesNone() {
    try (TestServer master = startMaster(server.bucketSettings());
        TestServer two = start(master, "two", server.bucketSettings())) {
      try (TestServer one = start(master, "one", server.bucketSettings())) {
        Await.until("both are online", () -> online(master, "one") && online(master, "two"));
        URI put = one.node("/add_key/k");
        assertThat(one.send("PUT", put, "value").statusCode()).isEqualTo(201);
      }
      Await.until("one is offline", () -> !online(master, "one"));
      assertThat(two.send("GET", two.node("/get_key/k"), "").body()).isEqualTo("value");
      try (TestServer disk = start(master, "disk", Map.of())) {
        Await.until("it is online", () -> online(master, "disk"));
        HttpResponse<String> refused = disk.send("PUT", disk.node("/add_key/other"), "x");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("values_set_differently", "pulzar.values");
        for (int round = 0; round < 4; round++) {
          assertThat(location(master, "PUT", "/add_key/other")).startsWith(two.node("").toString());
          assertThat(location(master, "GET", "/get_key/k")).startsWith(two.node("").toString());
        }
      }
      Map<String, String> wrong = server.bucketSettings();
      wrong.put("pulzar.values", wrong.get("pulzar.values") + "-2");
      try (TestServer elsewhere = start(master, "elsewhere", wrong)) {
        Await.until("it is online", () -> online(master, "elsewhere"));
        HttpResponse<String> refused = elsewhere.send("PUT", elsewhere.node("/add_key/other"), "x");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("values_set_differently");
        assertThat(elsewhere.send("GET", elsewhere.node("/get_key/k"), "").statusCode())
            .isEqualTo(503);
      }
      assertThat(two.send("GET", two.node("/get_key/k"), "").body()).isEqualTo("value");
      assertThat(master.send("GET", master.master("/get_key/other"), "").statusCode())
          .isEqualTo(404);
    }
  }

  private static String location(TestServer master, String method, String path) {
    return master
        .send(method, master.master(path), "")
        .headers()
        .firstValue("location")
        .orElseThrow();
  }

  private TestServer startMaster(Map<String, String> bucket) {
    TestServer.Preparation prepared =
        TestServer.in(directory.resolve("master"))
            .set("pulzar.server.role", "master")
            .set("pulzar.server.key", "the key of this cluster")
            .set("pulzar.cluster.lost", "1s")
            .set("pulzar.cluster.heartbeat", "50ms");
    bucket.forEach(prepared::set);
    return prepared.start();
  }

  private TestServer start(TestServer master, String name, Map<String, String> bucket) {
    TestServer.Preparation prepared =
        TestServer.in(directory.resolve(name))
            .joining(master, name, "the key of this cluster")
            .set("pulzar.cluster.lost", "1s");
    bucket.forEach(prepared::set);
    return prepared.start();
  }

  private static boolean online(TestServer master, String name) {
    return master
        .send("GET", master.master("/admin/network/" + name), "")
        .body()
        .contains("\"synch\":true");
  }

  @Test
  void aJobGetsItsValueAsAFileThatIsKeptForTheNext() throws IOException {
    Path jobs = Files.createDirectories(directory.resolve("jobs").resolve("a"));
    Files.writeString(jobs.resolve("fine.py"), "class Fine:\n    def execute(self):\n        1\n");
    ScriptedPython python = new ScriptedPython(1);
    List<String> seen = new java.util.concurrent.CopyOnWriteArrayList<>();
    python.on(
        "a/fine",
        (call, listener, canceled) -> {
          try {
            seen.add(
                call.input().orElseThrow().getFileName()
                    + " "
                    + Files.readString(call.input().orElseThrow()).length());
          } catch (IOException e) {
            seen.add(e.toString());
          }
          return ScriptedPython.OK;
        });
    server.python(() -> python).set("pulzar.values.cache", "400KB").start();
    server.store("/data/large.txt", text(300_000));
    server.store("/data/next.txt", text(200_000));
    assertThat(launch("/data/large.txt")).contains("\"state\":\"completed\"");
    server.way.down(true);
    assertThat(launch("/data/large.txt")).contains("\"state\":\"completed\"");
    assertThat(launch("/data/next.txt")).contains("\"state\":\"failed\"", "does not answer");
    server.way.down(false);
    assertThat(launch("/data/next.txt")).contains("\"state\":\"completed\"");
    assertThat(seen).containsExactly("large.txt 300000", "large.txt 300000", "next.txt 200000");
    try (Stream<Path> cached = Files.list(directory.resolve("home/node/values/cache"))) {
      assertThat(cached.map(file -> file.toFile().length()))
          .as("there is no room for both")
          .containsExactly(200_000L);
    }
    try (Stream<Path> cached = Files.list(directory.resolve("home/node/values/cache"))) {
      Files.writeString(cached.findFirst().orElseThrow(), "damaged");
    }
    assertThat(launch("/data/next.txt")).contains("\"state\":\"completed\"");
    assertThat(seen).last().isEqualTo("next.txt 200000");
  }

  private String launch(String key) {
    return server
        .server()
        .send(
            "POST",
            server.server().master("/launch_job/a/fine?wait=30s"),
            "{\"pulzar_data\": \"" + key + "\"}")
        .body();
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
