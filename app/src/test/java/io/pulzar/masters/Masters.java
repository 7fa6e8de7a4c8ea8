package io.pulzar.masters;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.EmbeddedPostgres;
import io.pulzar.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Masters and a node as processes, and what a client asks them. */
final class ThreeMasters implements AutoCloseable {

  static final Pattern JOB_ID = Pattern.compile("\"job_id\":(\\d+)");

  private static final int MASTERS = 3;
  private static final String KEY = "the key of this test";
  private static final String SECRETS = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String SCRIPT =
      """
      from pulzarcore.core_jobs import CoreJobs


      class Numbered(CoreJobs):
          def __init__(self, params):
              super().__init__(params)

          def execute(self):
              '''
              Description: Says its number
              '''
              self.pulzar_set_output('job %d' % self.pulzar_parameters['job_id'])
              return True
      """;

  private final Path directory;
  private final EmbeddedPostgres postgres;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final List<Integer> ports = new ArrayList<>();
  private final List<ServerProcess> processes = new ArrayList<>();
  private final List<Long> schedules = new ArrayList<>();
  private final ServerProcess node;

  /** Returns when one leads and the others stand by. */
  ThreeMasters(Path directory, EmbeddedPostgres postgres) throws IOException {
    this.directory = directory;
    this.postgres = postgres;
    Files.createDirectories(directory.resolve("jobs/a"));
    Files.writeString(directory.resolve("jobs/a/numbered.py"), SCRIPT);
    for (int i = 0; i < MASTERS; i++) {
      ports.add(ServerProcess.freePort());
      processes.add(start("master" + i, KEY, ports.get(i)));
      if (i == 0) {
        processes.getFirst().awaitReady();
      }
    }
    node = startNode();
    processes.subList(1, MASTERS).forEach(standby -> standby.awaitLine("standing by"));
    node.awaitReady();
  }

  /** A master on its way, with a home of its own. */
  ServerProcess start(String name, String key, int port) throws IOException {
    Path home = directory.resolve(name);
    List<String> options =
        new ArrayList<>(
            List.of(
                "--role",
                "master",
                "--port",
                Integer.toString(port),
                "--jobs",
                directory.resolve("jobs").toString(),
                "--set",
                "pulzar.server.key=" + key,
                "--set",
                "pulzar.secrets.key=" + SECRETS,
                "--set",
                "pulzar.workers.max=1",
                "--set",
                "pulzar.jobs.lease=3s",
                "--set",
                "pulzar.jobs.losses=1000"));
    // One schema for all of them.
    options.addAll(List.of(postgres.options(directory)));
    return ServerProcess.start(home, options.toArray(String[]::new));
  }

  private ServerProcess startNode() throws IOException {
    String urls =
        ports.stream().map(port -> "http://127.0.0.1:" + port).collect(Collectors.joining(","));
    return ServerProcess.start(
        directory.resolve("node"),
        "--role",
        "node",
        "--node-port",
        "0",
        "--master",
        urls,
        "--jobs",
        directory.resolve("jobs").toString(),
        "--set",
        "pulzar.server.key=" + KEY,
        "--set",
        "pulzar.server.grace=100ms",
        "--set",
        "pulzar.workers.max=2");
  }

  /** Starts a master that ended again, as a standby. */
  void start(int master) throws IOException {
    processes.set(
        master, start("master" + master, KEY, ports.get(master)).awaitLine("standing by"));
  }

  ServerProcess process(int master) {
    return processes.get(master);
  }

  int count() {
    return MASTERS;
  }

  /** The one that leads; waits for it. */
  int leader() {
    Await.until("one leads", PATIENCE, () -> leads(-1).isPresent());
    return leads(-1).orElseThrow();
  }

  int standby() {
    return (leader() + 1) % MASTERS;
  }

  /** Who says that it leads, of the others. */
  Optional<Integer> leads(int except) {
    return IntStream.range(0, MASTERS)
        .filter(master -> master != except && says(master, "\"leader\":true"))
        .boxed()
        .findFirst();
  }

  /** On a connection of its own: a standby answers only the first request of one. */
  private boolean says(int master, String what) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.get(master)), 1_000);
      socket.setSoTimeout(2_000);
      socket
          .getOutputStream()
          .write(
              "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .contains(what);
    } catch (IOException gone) {
      return false;
    }
  }

  /** Asks a master, or whom it passes the question on to. */
  HttpResponse<String> ask(int master, String method, String path) {
    return ask(master, method, path, "");
  }

  HttpResponse<String> ask(int master, String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.get(master) + path))
            .timeout(Duration.ofSeconds(40))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** One schedule of one run for each of the coming seconds. */
  void scheduleEachSecond(int seconds) {
    Instant start = Instant.now().plusSeconds(5);
    for (int second = 0; second < seconds; second++) {
      HttpResponse<String> answer =
          ask(
              leader(),
              "POST",
              "/launch_job/a/numbered",
              "{\"scheduled\": {\"at\": \"%s\"}}".formatted(start.plusSeconds(second)));
      Matcher id = JOB_ID.matcher(answer.body());
      assertThat(id.find()).as(answer.body()).isTrue();
      schedules.add(Long.parseLong(id.group(1)));
    }
  }

  void checkThatEachScheduleRanOnce() {
    int leader = leader();
    for (long id : schedules) {
      String path = "/admin/scheduled_jobs/" + id;
      Await.until(
          "schedule " + id + " has run",
          PATIENCE,
          () -> ask(leader, "GET", path).body().contains("\"state\":\"finished\""));
      assertThat(ask(leader, "GET", path).body()).contains("\"counts\":{\"runs\":1,");
    }
  }

  @Override
  public void close() {
    node.close();
    processes.forEach(ServerProcess::close);
    client.close();
  }
}
