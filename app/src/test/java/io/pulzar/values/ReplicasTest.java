package io.pulzar.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values on several nodes: a master and up to three nodes that talk HTTP. */
@Tag("slow")
final class ReplicasTest {

  private static final String TWO = "pulzar.volume.replicas";
  private static final String LARGE = "0123456789abcdef".repeat(20_000);

  @TempDir private Path directory;

  @Test
  void aValueIsAcknowledgedWhenSoManyNodesHaveIt() {
    try (TestCluster cluster = new TestCluster(directory, TWO, "2").start("one", "two")) {
      assertThat(cluster.put("/small", "value").statusCode()).isEqualTo(201);
      assertThat(cluster.put("/large", LARGE).statusCode()).isEqualTo(201);
      assertThat(cluster.put("/empty", "").statusCode()).isEqualTo(201);
      assertThat(cluster.put("/small", "other").statusCode()).isEqualTo(409);
      assertThat(cluster.copies()).isEqualTo(Map.of("/small", 2, "/large", 2, "/empty", 2));
      assertThat(cluster.check()).startsWith("0 6 values");
      for (String gone : List.of("one", "two")) {
        cluster.stop(gone);
        assertThat(cluster.get("/small").body()).isEqualTo("value");
        assertThat(cluster.get("/large").body()).isEqualTo(LARGE);
        assertThat(cluster.get("/empty").statusCode()).isEqualTo(200);
        cluster.start(gone);
      }
    }
  }

  @Test
  void tooFewNodesRefuseAndKeepNothing() {
    try (TestCluster cluster = new TestCluster(directory, TWO, "2").start("one")) {
      for (HttpResponse<String> answer :
          List.of(
              cluster.put("/key", "value"),
              cluster.follow("PUT", cluster.node("one").node("/add_key/key"), "value"))) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("too_few_nodes", "2 nodes", "pulzar.volume.replicas");
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
      }
      assertThat(cluster.get("/key").statusCode()).isEqualTo(404);
      assertThat(cluster.getAt("one", "/key").statusCode()).isEqualTo(404);
      assertThat(cluster.check()).startsWith("0 0 values");
      cluster.start("two");
      assertThat(cluster.put("/key", "value").statusCode()).isEqualTo(201);
    }
  }

  @Test
  void aWriterOrAPrefixMayAskForMore() {
    try (TestCluster cluster =
        new TestCluster(directory, "pulzar.volume.replicas-for", "/safe/=2; /safe/not/=1")
            .start("one", "two", "three")) {
      cluster.put("/plain", "x");
      cluster.put("/asked?replicas=3", "x");
      cluster.put("/safe/key", "x");
      cluster.put("/safe/not/key", "x");
      cluster.put("/safe/most?replicas=3", "x");
      assertThat(cluster.copies())
          .isEqualTo(
              Map.of(
                  "/plain", 1, "/asked", 3, "/safe/key", 2, "/safe/not/key", 1, "/safe/most", 3));
      for (String bad : List.of("0", "17", "two", "")) {
        assertThat(cluster.put("/bad?replicas=" + bad, "x").statusCode()).isEqualTo(400);
      }
    }
  }

  @Test
  void whatWasReplacedOrDeletedWhileANodeWasAwayIsNeverServed() {
    try (TestCluster cluster = new TestCluster(directory, TWO, "2").start("one", "two", "three")) {
      cluster.put("/replaced", "old");
      cluster.put("/deleted", LARGE);
      String holder = holder(cluster, "/replaced");
      String other = holder(cluster, "/deleted");
      cluster.stop(holder);
      if (!other.equals(holder)) {
        cluster.stop(other);
        cluster.start(other);
      }
      assertThat(cluster.put("/replaced?replace=true", "new").statusCode()).isEqualTo(201);
      assertThat(cluster.delete("/deleted").statusCode()).isEqualTo(200);
      String version = version(cluster, "/replaced");
      cluster.start(holder);
      for (int read = 0; read < 50; read++) {
        for (String url : List.of("/replaced", "/replaced?version=" + version)) {
          assertThat(cluster.getAt(holder, url).body()).doesNotContain("old");
        }
        assertThat(cluster.get("/replaced").body()).isEqualTo("new");
        assertThat(cluster.get("/deleted").statusCode()).isEqualTo(404);
        assertThat(cluster.getAt(holder, "/deleted").statusCode()).isEqualTo(404);
      }
      Await.until("all is dropped", () -> cluster.check().startsWith("0 2 values"));
    }
  }

  @Test
  void readersSeeOneVersionAfterTheOtherAndNeverNone() throws Exception {
    try (TestCluster cluster = new TestCluster(directory, TWO, "2").start("one", "two", "three");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      cluster.put("/counter", "0");
      AtomicInteger acknowledged = new AtomicInteger();
      AtomicBoolean stop = new AtomicBoolean();
      List<Future<Integer>> readers =
          Stream.generate(() -> threads.submit(reader(cluster, acknowledged, stop)))
              .limit(3)
              .toList();
      for (int number = 1; number <= 60; number++) {
        String value = number % 5 == 0 ? number + " " + LARGE : number + " ";
        assertThat(cluster.put("/counter?replace=true", value).statusCode()).isEqualTo(201);
        acknowledged.set(number);
      }
      stop.set(true);
      for (Future<Integer> reader : readers) {
        assertThat(reader.get()).isPositive();
      }
      assertThat(cluster.copies()).isEqualTo(Map.of("/counter", 2));
    }
  }

  private static Callable<Integer> reader(
      TestCluster cluster, AtomicInteger acknowledged, AtomicBoolean stop) {
    return () -> {
      int reads = 0;
      int last = 0;
      while (!stop.get() || reads == 0) {
        int least = Math.max(last, acknowledged.get());
        HttpResponse<String> answer = cluster.get("/counter");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        last = Integer.parseInt(answer.body().split(" ", 2)[0]);
        assertThat(last).isGreaterThanOrEqualTo(least);
        reads++;
      }
      return reads;
    };
  }

  @Test
  void aCopyExpiresEverywhere() {
    try (TestCluster cluster = new TestCluster(directory, TWO, "2").start("one", "two")) {
      assertThat(cluster.put("/key?ttl=1s", "value").statusCode()).isEqualTo(201);
      Await.until("it is gone", () -> cluster.get("/key").statusCode() == 404);
      for (String node : List.of("one", "two")) {
        assertThat(cluster.getAt(node, "/key").statusCode()).isEqualTo(404);
      }
      Await.until("both have dropped it", () -> cluster.check().startsWith("0 0 values"));
    }
  }

  @Test
  void aNodeThatIsNewIsBroughtLevel() {
    try (TestCluster cluster = new TestCluster(directory).start("one")) {
      for (int number = 0; number < 5; number++) {
        cluster.put("/key/" + number, number == 0 ? LARGE : "value " + number);
      }
      cluster.restart(TWO, "2");
      assertThat(cluster.copies().values()).containsOnly(1);
      cluster.start("two");
      Await.until("copies are made", () -> !cluster.copies().containsValue(1));
      assertThat(cluster.check()).startsWith("0 10 values");
      cluster.stop("one");
      assertThat(cluster.get("/key/0").body()).isEqualTo(LARGE);
      assertThat(cluster.get("/key/4").body()).isEqualTo("value 4");
    }
  }

  @Test
  void whatANodeHadThatIsAwayForLongIsCopiedElsewhere() {
    try (TestCluster cluster =
        new TestCluster(directory, TWO, "2", "pulzar.volume.away", "1s").start("one", "two")) {
      cluster.put("/key", LARGE);
      cluster.start("three");
      cluster.stop("one");
      Await.until("three has it", () -> cluster.copies().equals(Map.of("/key", 3)));
      cluster.stop("two");
      assertThat(cluster.get("/key").body()).isEqualTo(LARGE);
    }
  }

  @Test
  void aCheckRepairsCopiesThatAreLostOrDamagedAndReadsGoToTheGoodOne() throws IOException {
    List<String> keys = List.of("/good", "/lost", "/forgotten", "/spoiled", "/file");
    try (TestCluster cluster = new TestCluster(directory, TWO, "2").start("one", "two")) {
      for (String key : keys) {
        cluster.put(key, LARGE + key);
      }
      cluster.put("/small", "value");
      cluster.stop("one");
      try (StoppedNode one = cluster.stopped("one")) {
        Files.delete(one.file("/lost"));
        one.lose("/lost");
        one.lose("/forgotten");
        one.flipBit("/small");
        one.flipBit("/spoiled");
        Files.delete(one.file("/file"));
      }
      cluster.start("one");
      for (int read = 0; read < 6; read++) {
        for (String key : keys) {
          assertThat(cluster.get(key).body()).as(key).isEqualTo(LARGE + key);
          assertThat(cluster.getAt("two", key).body()).as(key).isEqualTo(LARGE + key);
        }
        assertThat(cluster.get("/small").body()).isEqualTo("value");
        assertThat(cluster.getAt("one", "/small").body()).isEqualTo("value");
      }
      assertThat(cluster.check())
          .startsWith("1 ")
          .contains(
              "3 copies are damaged", "/spoiled on one", "1 copies are missing", "/lost on one")
          .as("a file without a record is a value again, since the master knows it")
          .doesNotContain("/forgotten");
      assertThat(cluster.check("--fix")).startsWith("0 ");
      assertThat(cluster.check()).startsWith("0 12 values");
      cluster.stop("two");
      for (String key : keys) {
        assertThat(cluster.get(key).body()).as(key).isEqualTo(LARGE + key);
      }
    }
  }

  @Test
  void aLostIndexIsRebuiltWithAllCopies() throws IOException {
    try (TestCluster cluster = new TestCluster(directory, TWO, "2").start("one", "two")) {
      cluster.put("/key", "value");
      cluster.put("/asked?replicas=2", LARGE);
    }
    try (Stream<Path> files = Files.list(directory.resolve("master/home/master/keys"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    try (TestCluster cluster = new TestCluster(directory).start("one", "two")) {
      assertThat(cluster.get("/key").statusCode()).isEqualTo(404);
      for (String node : List.of("one", "two")) {
        cluster.follow("GET", cluster.node(node).node("/admin/start_backup"), "");
      }
      assertThat(cluster.copies()).isEqualTo(Map.of("/key", 2, "/asked", 2));
      assertThat(cluster.check()).startsWith("0 4 values");
    }
  }

  /** The name of a node that has a key's value. */
  private static String holder(TestCluster cluster, String key) {
    String url = location(cluster, key);
    List<String> found = new ArrayList<>();
    for (String name : List.of("one", "two", "three")) {
      if (url.startsWith(cluster.node(name).node("").toString())) {
        found.add(name);
      }
    }
    return found.getFirst();
  }

  private static String version(TestCluster cluster, String key) {
    String url = location(cluster, key);
    return url.substring(url.indexOf("version=") + "version=".length());
  }

  private static String location(TestCluster cluster, String key) {
    return cluster
        .master()
        .send("GET", cluster.master().master("/get_key" + key), "")
        .headers()
        .firstValue("location")
        .orElseThrow();
  }
}
