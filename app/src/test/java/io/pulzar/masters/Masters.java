package io.pulzar.masters;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.EmbeddedPostgres;
import io.pulzar.NumberedJob;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Masters and a node as processes, and what a client asks them. */
final class Masters implements AutoCloseable {

  private static final String KEY = "the key of this test";
  private static final String SECRETS = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path directory;
  private final EmbeddedPostgres postgres;
  private final List<String> everywhere;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final List<Integer> ports = new ArrayList<>();
  private final List<ServerProcess> processes = new ArrayList<>();
  private final List<Long> schedules = new ArrayList<>();
  private final ServerProcess node;

  /**
   * Returns when one leads and the others stand by.
   *
   * @param everywhere options of all of them and of the node
   */
  Masters(Path directory, EmbeddedPostgres postgres, int count, String... everywhere)
      throws IOException {
    this.directory = directory;
    this.postgres = postgres;
    this.everywhere = List.of(everywhere);
    NumberedJob.writeTo(directory.resolve("jobs"));
    for (int i = 0; i < count; i++) {
      ports.add(ServerProcess.freePort());
      processes.add(start("master" + i, KEY, ports.get(i)));
      if (i == 0) {
        processes.getFirst().awaitReady();
      }
    }
    node = startNode();
    processes.subList(1, count).forEach(standby -> standby.awaitLine("standing by"));
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
    options.addAll(everywhere);
    return ServerProcess.start(home, options.toArray(String[]::new));
  }

  private ServerProcess startNode() throws IOException {
    String urls =
        ports.stream().map(port -> "http://127.0.0.1:" + port).collect(Collectors.joining(","));
    List<String> options =
        new ArrayList<>(
            List.of(
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
                "pulzar.workers.max=2"));
    options.addAll(everywhere);
    return ServerProcess.start(directory.resolve("node"), options.toArray(String[]::new));
  }

  /** Starts a master that ended again: as a standby, unless it is the only one. */
  void start(int master) throws IOException {
    ServerProcess again = start("master" + master, KEY, ports.get(master));
    processes.set(master, count() == 1 ? again.awaitReady() : again.awaitLine("standing by"));
  }

  ServerProcess process(int master) {
    return processes.get(master);
  }

  int count() {
    return processes.size();
  }

  /** The one that leads; waits for it. */
  int leader() {
    Await.until("one leads", PATIENCE, () -> leads(-1).isPresent());
    return leads(-1).orElseThrow();
  }

  int standby() {
    return (leader() + 1) % count();
  }

  /** Who says that it leads, of the others. */
  Optional<Integer> leads(int except) {
    return IntStream.range(0, count())
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
    return ask(URI.create("http://127.0.0.1:" + ports.get(master) + path), method, body);
  }

  private HttpResponse<String> ask(URI url, String method, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(url)
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

  /** The same, and at the node that it is sent on to. */
  HttpResponse<String> askOn(int master, String method, String path, String body) {
    HttpResponse<String> answer = ask(master, method, path, body);
    return answer.statusCode() == 307
        ? ask(URI.create(answer.headers().firstValue("Location").orElseThrow()), method, body)
        : answer;
  }

  /** One schedule of one run for each of the coming seconds. */
  void scheduleEachSecond(int seconds) {
    Instant start = Instant.now().plusSeconds(5);
    for (int second = 0; second < seconds; second++) {
      HttpResponse<String> answer =
          ask(
              leader(),
              "POST",
              NumberedJob.LAUNCH,
              "{\"scheduled\": {\"at\": \"%s\"}}".formatted(start.plusSeconds(second)));
      OptionalLong id = NumberedJob.acknowledged(answer.body());
      assertThat(id).as(answer.body()).isPresent();
      schedules.add(id.getAsLong());
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
