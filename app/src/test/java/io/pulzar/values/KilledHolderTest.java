package io.pulzar.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.ChildJvm;
import io.pulzar.ServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One of two nodes with copies is a process of its own, and killed while values are written. */
@Tag("slow")
final class KilledHolderTest {

  private static final String LARGE = "0123456789abcdef".repeat(10_000);

  @TempDir private Path directory;

  @Test
  void whatWasAcknowledgedIsThereWithoutTheKilledNodeAndAgreesWhenItIsBack() throws Exception {
    Map<String, String> acknowledged = new ConcurrentHashMap<>();
    int port = ServerProcess.freePort();
    try (TestCluster cluster =
        new TestCluster(directory, "pulzar.volume.replicas", "2").start("one")) {
      Process two = start(cluster, port);
      try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
        AtomicBoolean stop = new AtomicBoolean();
        for (int writer = 0; writer < 4; writer++) {
          String own = "/writer/" + writer + "/";
          writers.execute(() -> writeUntil(stop, cluster, own, acknowledged));
        }
        Await.until("writes are under way", () -> acknowledged.size() > 40);
        kill(two);
        Await.until("its silence is noticed", () -> !cluster.isOnline("two"));
        stop.set(true);
      }
      acknowledged.forEach((key, value) -> assertThat(cluster.get(key).body()).isEqualTo(value));
      assertThat(cluster.put("/new", "x").body()).contains("too_few_nodes");
      Process again = start(cluster, port);
      assertThat(cluster.put("/new", "x").statusCode()).isEqualTo(201);
      Await.until("what was in doubt is settled", () -> cluster.check().startsWith("0 "));
      cluster.stop("one");
      acknowledged.forEach((key, value) -> assertThat(cluster.get(key).body()).isEqualTo(value));
      kill(again);
    }
  }

  private static void writeUntil(
      AtomicBoolean stop, TestCluster cluster, String own, Map<String, String> acknowledged) {
    for (int number = 0; !stop.get(); number++) {
      String key = own + number;
      String value = number % 4 == 0 ? LARGE + number : "value " + number;
      try {
        if (cluster.put(key, value).statusCode() == 201) {
          acknowledged.put(key, value);
        }
      } catch (UncheckedIOException killed) {
        // The node died while it was spoken to; what comes next is told by the master.
      }
    }
  }

  private Process start(TestCluster cluster, int port) throws IOException {
    Process process =
        new ChildJvm(NodeProcess.class)
            .start(cluster.settingsOf("two", directory.resolve("two"), port));
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    Thread.ofVirtual().start(() -> output.lines().forEach(ignored -> {}));
    Await.until("two is online", () -> cluster.isOnline("two"));
    return process;
  }

  private static void kill(Process process) throws InterruptedException {
    boolean _ = process.toHandle().destroyForcibly();
    process.waitFor();
  }
}
