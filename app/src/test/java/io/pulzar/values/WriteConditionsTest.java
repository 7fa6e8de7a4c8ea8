package io.pulzar.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.TestServer;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** If-Match and If-None-Match decide about writes and removals, at the master and at the node. */
final class WriteConditionsTest {

  @TempDir static Path directory;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.in(directory).start();
    Await.until(
        "the node reports to the master",
        () -> server.send("GET", server.master("/get_node/any"), "").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aValueThatIsNotTheOneMeantStays() {
    write("/match", "one");
    for (URI url : both("/add_key/match?replace=true")) {
      for (String[] headers :
          List.of(
              new String[] {"If-Match", "\"nonsense\""},
              new String[] {"If-Match", "nonsense"},
              new String[] {"If-Match", "W/" + tag("/match")},
              new String[] {"If-None-Match", "*"},
              new String[] {"If-None-Match", tag("/match")},
              new String[] {"If-None-Match", "\"x\", W/" + tag("/match")})) {
        HttpResponse<String> answer = server.send("PUT", url, "two", headers);
        assertThat(answer.statusCode()).as("%s %s", url, headers[1]).isEqualTo(412);
        assertThat(answer.body()).contains("precondition_failed");
      }
    }
    assertThat(read("/match")).isEqualTo("one");
  }

  @Test
  void theOneMeantGivesWay() {
    write("/meant", "one");
    String tag = tag("/meant");
    assertThat(put("/meant?replace=true", "two", "If-Match", "\"x\", " + tag)).isEqualTo(201);
    assertThat(put("/meant?replace=true", "three", "If-Match", tag)).isEqualTo(412);
    assertThat(put("/meant?replace=true", "three", "If-Match", "*")).isEqualTo(201);
    assertThat(put("/meant?replace=true", "four", "If-None-Match", "\"x\"")).isEqualTo(201);
    assertThat(read("/meant")).isEqualTo("four");
  }

  @Test
  void aConditionDoesNotReplaceByItself() {
    write("/plain", "one");
    assertThat(put("/plain", "two", "If-Match", tag("/plain"))).isEqualTo(409);
    assertThat(read("/plain")).isEqualTo("one");
  }

  @Test
  void aMissingKeyMatchesNothing() {
    for (URI url : both("/add_key/missing?replace=true")) {
      assertThat(server.send("PUT", url, "x", "If-Match", "*").statusCode()).isEqualTo(412);
    }
    assertThat(put("/missing", "x", "If-None-Match", "*")).isEqualTo(201);
  }

  @Test
  void aRemovalHasConditionsToo() {
    write("/removed", "one");
    URI url = server.master("/delete_key/removed");
    assertThat(server.send("DELETE", url, "", "If-Match", "\"x\"").statusCode()).isEqualTo(412);
    assertThat(read("/removed")).isEqualTo("one");
    assertThat(server.send("DELETE", url, "", "If-Match", tag("/removed")).statusCode())
        .isEqualTo(200);
    assertThat(server.send("DELETE", url, "", "If-Match", "*").statusCode()).isEqualTo(412);
  }

  @Test
  void ofManyWhoSawTheSameValueOneWrites() throws Exception {
    write("/race", "seen");
    String tag = tag("/race");
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> codes =
          IntStream.range(0, 12)
              .mapToObj(
                  number ->
                      writers.submit(
                          () -> put("/race?replace=true", "value " + number, "If-Match", tag)))
              .toList();
      int won = 0;
      for (Future<Integer> code : codes) {
        assertThat(code.get()).isIn(201, 412);
        won += code.get() == 201 ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
    }
  }

  @Test
  void copiesDoNotChangeWhatIsDecided(@TempDir Path cluster) {
    try (TestCluster nodes =
        new TestCluster(cluster, "pulzar.volume.replicas", "2").start("one", "two")) {
      nodes.put("/shared", "one");
      TestServer node = nodes.node("one");
      URI url = node.node("/add_key/shared?replace=true");
      Await.until("two has it", () -> nodes.getAt("two", "/shared").statusCode() == 200);
      String tag = nodes.getAt("two", "/shared").headers().firstValue("etag").orElseThrow();
      assertThat(node.send("PUT", url, "two", "If-Match", "\"x\"").statusCode()).isEqualTo(412);
      assertThat(nodes.get("/shared").body()).isEqualTo("one");
      assertThat(node.send("PUT", url, "two", "If-Match", tag).statusCode()).isEqualTo(201);
      assertThat(node.send("PUT", url, "three", "If-Match", tag).statusCode()).isEqualTo(412);
      assertThat(nodes.get("/shared").body()).isEqualTo("two");
      Await.until("all is dropped", () -> nodes.check().startsWith("0 2 values"));
    }
  }

  private static List<URI> both(String path) {
    return List.of(server.master(path), server.node(path));
  }

  private static void write(String key, String value) {
    assertThat(put(key, value)).isEqualTo(201);
  }

  private static int put(String key, String value, String... headers) {
    return server.send("PUT", server.node("/add_key" + key), value, headers).statusCode();
  }

  private static String read(String key) {
    return server.send("GET", server.node("/get_key" + key), "").body();
  }

  private static String tag(String key) {
    return server
        .send("GET", server.node("/get_key" + key), "")
        .headers()
        .firstValue("etag")
        .orElseThrow();
  }
}
