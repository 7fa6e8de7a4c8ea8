package io.pulzar.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master and nodes on hosts of their own: who is let in, and who is seen. */
final class NetworkIT {

  @TempDir private Path directory;
  private Cluster cluster;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    Optional<String> obstacle = Network.obstacle();
    obstacle.ifPresent(why -> System.out.println("SKIPPED: no hosts can be made here: " + why));
    Assumptions.assumeTrue(obstacle.isEmpty(), "no hosts can be made here");
    cluster = new Cluster(directory);
    cluster.master().awaitReady();
  }

  @AfterEach
  void stop() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void aNodeNeedsOnlyItsMasterAndTheKey() throws Exception {
    Network.Host host = cluster.network().host();
    cluster.node(host, "one", Cluster.KEY, "--set", "pulzar.node.name=one").awaitReady();
    assertThat(seconds(() -> cluster.isOnline("one"))).isLessThan(2 * Await.slowness());
    assertThat(cluster.get("/admin/network/one"))
        .contains("\"url\":\"http://" + host.address() + ":31415\"");
    assertThat(cluster.send("POST", "/launch_job/a/numbered?wait=30s", "{\"seconds\": 0}").body())
        .contains("\"output\":\"job 1\"");
    assertThat(cluster.send("PUT", "/add_key/a/b", "of the value").statusCode()).isEqualTo(201);
    assertThat(cluster.get("/get_key/a/b")).isEqualTo("of the value");
  }

  @Test
  @Tag("long")
  void aNodeThatIsCutOffIsOfflineSoonAndBackAtOnce() throws Exception {
    Network.Host host = cluster.network().host();
    cluster.node(host, "one", Cluster.KEY, "--set", "pulzar.node.name=one").awaitReady();
    for (Cable cut : new Cable[] {Cable.CUT, Cable.MUTE}) {
      host.use(cut);
      assertThat(seconds(() -> !cluster.isOnline("one")))
          .isBetween(12.0, 12 + 3.5 * Await.slowness());
      host.use(Cable.GOOD);
      assertThat(seconds(() -> cluster.isOnline("one"))).isLessThan(2 * Await.slowness());
    }
  }

  @Test
  void aSecondNodeOfOneNameIsRefusedAndTheFirstWorksOn() throws Exception {
    Network.Host first = cluster.network().host();
    Network.Host second = cluster.network().host();
    cluster.node(first, "one", Cluster.KEY, "--set", "pulzar.node.name=same").awaitReady();
    ServerProcess refused =
        cluster.node(second, "two", Cluster.KEY, "--set", "pulzar.node.name=same");
    Await.until("it is told", () -> refused.log().contains("give one of them another"));
    assertThat(cluster.send("POST", "/launch_job/a/numbered?wait=30s", "{\"seconds\": 3}").body())
        .contains("\"output\":\"job 1\"", "\"attempt\":1");
    assertThat(cluster.get("/admin/network")).contains(first.address());
    assertThat(cluster.get("/admin/network")).doesNotContain(second.address());
    assertThat(refusals(refused)).hasSize(1);
  }

  @Test
  void aNodeThatWasKilledIsLetInAgainAtOnce() throws Exception {
    Network.Host host = cluster.network().host();
    ServerProcess node = cluster.node(host, "one", Cluster.KEY).awaitReady();
    String name = name();
    node.kill();
    ServerProcess again = cluster.node(host, "one", Cluster.KEY).awaitReady();
    assertThat(again.log()).doesNotContain("refuses");
    assertThat(name()).isEqualTo(name);
    assertThat(cluster.send("POST", "/launch_job/a/numbered?wait=30s", "{\"seconds\": 0}").body())
        .contains("\"output\":\"job 1\"");
  }

  @Test
  void aWrongKeyIsOneLineInBothLogs() throws Exception {
    Network.Host host = cluster.network().host();
    ServerProcess node = cluster.node(host, "one", "a guess");
    ServerProcess other = cluster.node(cluster.network().host(), "two", Cluster.KEY).awaitReady();
    Await.until("it is told", () -> node.log().contains("same pulzar.server.key"));
    assertThat(cluster.get("/admin/network")).doesNotContain(host.address());
    // Long enough for several attempts.
    assertThat(
            seconds(
                () ->
                    cluster
                            .send("POST", "/launch_job/a/numbered?wait=30s", "{\"seconds\": 7}")
                            .statusCode()
                        == 200))
        .isGreaterThan(6);
    assertThat(refusals(node)).singleElement().asString().contains("pulzar.server.key");
    assertThat(refusals(other)).isEmpty();
    assertThat(cluster.masterLog().lines().filter(line -> line.contains("is refused")).toList())
        .singleElement()
        .asString()
        .contains(host.address(), "pulzar.server.key");
  }

  /** The name of the only node. */
  private String name() {
    String network = cluster.get("/admin/network");
    int at = network.indexOf("\"node\":\"") + 8;
    return network.substring(at, network.indexOf('"', at));
  }

  /** What it was told; a busy machine gives it reasons for other warnings. */
  private static List<String> refusals(ServerProcess server) {
    return server.log().lines().filter(line -> line.contains("refuses")).toList();
  }

  /** How long it takes until the condition holds. */
  private static double seconds(BooleanSupplier condition) {
    long start = System.nanoTime();
    Await.until("the condition holds", condition);
    return Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
  }
}
