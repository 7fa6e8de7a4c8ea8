package io.pulzar.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.EmbeddedBucket;
import io.pulzar.TestServer;
import io.pulzar.bucket.FaultyWay;
import io.pulzar.jobs.ScriptedPython;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of several nodes that are moved into a bucket and back. */
final class MovedInClusterTest {

  private static final String KEY = "the key of this cluster";

  @TempDir private Path directory;
  private final FaultyWay way = new FaultyWay(EmbeddedBucket.shared().port());

  @AfterEach
  void stop() {
    way.close();
  }

  private Map<String, String> bucket() {
    return EmbeddedBucket.settings(directory.getFileName().toString(), way.port());
  }

  private TestServer master(Map<String, String> settings) {
    TestServer.Preparation prepared =
        TestServer.in(directory.resolve("master"))
            .set("pulzar.server.role", "master")
            .set("pulzar.server.key", KEY)
            .set("pulzar.cluster.lost", "1s")
            .set("pulzar.cluster.heartbeat", "50ms");
    settings.forEach(prepared::set);
    return prepared.start();
  }

  private TestServer.Preparation node(TestServer master, String name, Map<String, String> more) {
    TestServer.Preparation prepared =
        TestServer.in(directory.resolve(name))
            .joining(master, name, KEY)
            .set("pulzar.cluster.lost", "1s");
    more.forEach(prepared::set);
    return prepared;
  }

  private static void awaitOnline(TestServer master, String name, boolean online) {
    Await.until(
        name + (online ? " is online" : " is offline"),
        () ->
            master
                    .send("GET", master.master("/admin/network/" + name), "")
                    .body()
                    .contains("\"synch\":true")
                == online);
  }

  private static void move(TestServer master, String query) {
    HttpResponse<String> answer =
        master.send("POST", master.master("/admin/values/move" + query), "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static String report(TestServer master) {
    return master.send("GET", master.master("/admin/values/move"), "").body();
  }

  private static void awaitState(TestServer master, String state) {
    Await.until("it is " + state, () -> report(master).contains("\"state\":\"" + state + "\""));
  }

  private static String get(TestServer master, String key) {
    URI url = master.master("/get_key" + key);
    HttpResponse<String> answer = master.send("GET", url, "");
    for (int hop = 0; answer.statusCode() == 307 && hop < 5; hop++) {
      url = URI.create(answer.headers().firstValue("location").orElseThrow());
      answer = master.send("GET", url, "");
    }
    return answer.body();
  }

  private static void store(TestServer node, String key, String value) {
    assertThat(node.send("PUT", node.node("/add_key" + key), value).statusCode()).isEqualTo(201);
  }

  private void fillDisks() {
    try (TestServer master = master(Map.of());
        TestServer one = node(master, "one", Map.of()).start();
        TestServer two = node(master, "two", Map.of()).start()) {
      awaitOnline(master, "one", true);
      awaitOnline(master, "two", true);
      store(one, "/of/one", "value of one");
      store(one, "/of/both?replicas=2", "value of both");
      store(two, "/of/two", "value of two");
    }
  }

  @Test
  void theDiskOfOneNodeCanBeRetired() {
    fillDisks();
    try (TestServer master = master(bucket());
        TestServer two = node(master, "two", bucket()).start()) {
      try (TestServer one = node(master, "one", bucket()).start()) {
        awaitOnline(master, "one", true);
        awaitOnline(master, "two", true);
        assertThat(one.send("POST", master.master("/admin/values/move?node=onr"), "").body())
            .contains("node_not_found", "there is no node onr");
        move(master, "?node=one");
        assertThat(one.send("POST", master.master("/admin/values/move"), "").body())
            .contains("move_running");
        awaitState(master, "ended");
        assertThat(report(master)).contains("\"moved\":{\"values\":2,");
        master.send("POST", master.master("/admin/network/one/drain"), "");
      }
      awaitOnline(master, "one", false);
      HttpResponse<String> removed =
          master.send("POST", master.master("/admin/network/one/remove"), "");
      assertThat(removed.statusCode()).as(removed.body()).isEqualTo(200);
      assertThat(get(master, "/of/one")).isEqualTo("value of one");
      assertThat(get(master, "/of/both")).isEqualTo("value of both");
      assertThat(get(master, "/of/two")).isEqualTo("value of two");
      assertThat(master.send("GET", master.master("/keys"), "").body())
          .containsPattern("\"key\":\"/of/two\"[^}]*\"node\":\"two\"");
      assertThat(two.send("GET", two.node("/get_key/of/one"), "").body()).isEqualTo("value of one");
    }
  }

  @Test
  void aNodeThatIsAwayIsWaitedForAndTheOthersGoOn() {
    fillDisks();
    try (TestServer master = master(bucket());
        TestServer two = node(master, "two", bucket()).start()) {
      awaitOnline(master, "two", true);
      move(master, "");
      awaitState(master, "waiting");
      assertThat(report(master))
          .contains("\"moved\":{\"values\":2,", "node one is offline", "\"left\":{\"values\":1,");
      assertThat(get(master, "/of/both")).isEqualTo("value of both");
      try (TestServer one = node(master, "one", bucket()).start()) {
        awaitState(master, "ended");
        assertThat(one.send("GET", one.node("/get_key/of/one"), "").body())
            .isEqualTo("value of one");
      }
      assertThat(get(master, "/of/one")).isEqualTo("value of one");
      assertThat(two.send("GET", two.node("/get_key/of/two"), "").body()).isEqualTo("value of two");
    }
  }

  /** They were placed while any node could get the value. */
  @Test
  void jobsThatWaitedWhileTheirValueCameOutOfTheBucketGetIt() throws IOException {
    Path jobs = Files.createDirectories(directory.resolve("master/jobs/a"));
    Files.writeString(jobs.resolve("fine.py"), "class Fine:\n    def execute(self):\n        1\n");
    Path there = Files.createDirectories(directory.resolve("one/jobs/a"));
    Files.copy(jobs.resolve("fine.py"), there.resolve("fine.py"));
    CountDownLatch free = new CountDownLatch(1);
    List<String> seen = new CopyOnWriteArrayList<>();
    ScriptedPython python = new ScriptedPython(1);
    python.on(
        "a/fine",
        (call, listener, canceled) -> {
          free.await();
          try {
            seen.add(call.input().isPresent() ? Files.readString(call.input().get()) : "first");
          } catch (IOException e) {
            seen.add(e.toString());
          }
          return ScriptedPython.OK;
        });
    List<String> keys = IntStream.range(0, 6).mapToObj(number -> "/data/" + number).toList();
    try (TestServer master = master(bucket());
        TestServer one = node(master, "one", bucket()).python(() -> python).start();
        TestServer two = node(master, "two", bucket()).start()) {
      awaitOnline(master, "one", true);
      awaitOnline(master, "two", true);
      keys.forEach(key -> store(two, key, "value of " + key));
      launch(master, "{}");
      assertThat(one.node("")).isNotEqualTo(two.node(""));
      keys.forEach(key -> launch(master, "{\"pulzar_data\": \"" + key + "\"}"));
    }
    Map<String, String> leaving = bucket();
    leaving.put("pulzar.values.leave", "true");
    try (TestServer master = master(leaving);
        TestServer two = node(master, "two", leaving).start()) {
      awaitOnline(master, "two", true);
      move(master, "");
      awaitState(master, "ended");
      try (TestServer one = node(master, "one", leaving).python(() -> python).start()) {
        free.countDown();
        Await.until(
            "all have run", () -> keys.stream().allMatch(key -> seen.contains("value of " + key)));
        assertThat(one.send("GET", one.node("/get_key/data/0"), "").statusCode()).isEqualTo(307);
      }
      assertThat(two.send("GET", two.node("/get_key/data/0"), "").body())
          .isEqualTo("value of /data/0");
    }
  }

  private static void launch(TestServer master, String parameters) {
    assertThat(master.send("POST", master.master("/launch_job/a/fine"), parameters).statusCode())
        .isEqualTo(200);
  }
}
