package io.pulzar.network;

import io.pulzar.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A master and nodes, each on a host of its own, with real workers. */
final class Cluster implements AutoCloseable {

  static final String KEY = "the key of this test";
  static final String MASTER_PORT = "31414";

  /** Takes long enough to be met running, and tells which job it was. */
  private static final String NUMBERED =
      """
      import time
      from pulzarcore.core_jobs import CoreJobs


      class Numbered(CoreJobs):
          def __init__(self, params):
              super().__init__(params)

          def execute(self):
              '''
              Description: Says its number after a while
              '''
              time.sleep(self.pulzar_parameters['seconds'])
              self.pulzar_set_output('job %d' % self.pulzar_parameters['job_id'])
              return True
      """;

  private final Path directory;
  private final Network network;
  private final Network.Host masterHost;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(Duration.ofSeconds(3))
          .build();
  private @Nullable ServerProcess master;
  private final List<ServerProcess> started = new ArrayList<>();

  Cluster(Path directory) throws IOException {
    this.directory = directory;
    Files.createDirectories(directory.resolve("jobs/a"));
    Files.writeString(directory.resolve("jobs/a/numbered.py"), NUMBERED);
    this.network = Network.create();
    this.masterHost = network.host();
  }

  Network network() {
    return network;
  }

  Network.Host masterHost() {
    return masterHost;
  }

  String masterUrl() {
    return "http://" + masterHost.address() + ":" + MASTER_PORT;
  }

  /** Starts the master; its home is always the same. */
  ServerProcess master(String... more) throws IOException {
    List<String> options = new ArrayList<>(List.of("--role", "master"));
    options.addAll(List.of("--host", masterHost.address(), "--port", MASTER_PORT));
    options.addAll(List.of("--set", "pulzar.workers.max=1"));
    options.addAll(List.of("--set", "pulzar.server.key=" + KEY));
    options.addAll(List.of(more));
    ServerProcess process = start(masterHost, "master", options);
    master = process;
    return process;
  }

  /**
   * Starts a node, told nothing but its master, the key and where the scripts are.
   *
   * @param home its name below the test's directory
   */
  ServerProcess node(Network.Host host, String home, String key, String... more)
      throws IOException {
    List<String> options = new ArrayList<>(List.of("--role", "node", "--master", masterUrl()));
    options.addAll(List.of("--set", "pulzar.server.key=" + key));
    options.addAll(List.of("--set", "pulzar.workers.max=2"));
    options.addAll(List.of(more));
    return start(host, home, options);
  }

  private ServerProcess start(Network.Host host, String home, List<String> options)
      throws IOException {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("--jobs", directory.resolve("jobs").toString()));
    // What is tried is the network between hosts, not who may use it.
    all.addAll(List.of("--set", "pulzar.auth=off"));
    ServerProcess process =
        ServerProcess.startThrough(
            host.command(), directory.resolve(home), all.toArray(String[]::new));
    started.add(process);
    return process;
  }

  /** The master's answer as text. */
  String get(String path) {
    return send("GET", path, "").body();
  }

  HttpResponse<String> send(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(masterUrl() + path))
            .timeout(Duration.ofSeconds(40))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + path + " is not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** What the master that was started last has logged. */
  String masterLog() {
    return Objects.requireNonNull(master).log();
  }

  /** Whether the master counts the node as online. */
  boolean isOnline(String node) {
    return get("/admin/network/" + node).contains("\"synch\":true");
  }

  @Override
  public void close() throws IOException {
    client.shutdownNow();
    for (ServerProcess process : started.reversed()) {
      process.kill();
    }
    network.close();
  }
}
