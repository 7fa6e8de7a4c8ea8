package io.pulzar.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.EmbeddedPostgres;
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
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A master on PostgreSQL and a node as processes, with real workers: the master and PostgreSQL are
 * killed by turns in the middle of launches.
 */
final class KilledPostgresIT {

  private static final int CLIENTS = 4;
  private static final int ENOUGH = 25;

  /** No more between two kills than the node can run, however slow the machine is. */
  private static final int MOST = 3 * ENOUGH;

  private static final Duration PACE = Duration.ofMillis(50);
  private static final Pattern JOB_ID = Pattern.compile("\"job_id\":(\\d+)");
  private static final String KEY = "pulzar.server.key=the key of this test";

  private static final String SCRIPT =
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
              time.sleep(0.02)
              self.pulzar_set_output('job %d' % self.pulzar_parameters['job_id'])
              return True
      """;

  @TempDir private Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Random random = new Random();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final AtomicInteger wanted = new AtomicInteger(MOST);
  private EmbeddedPostgres postgres;
  private int port;
  private ServerProcess master;
  private ServerProcess node;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(directory.resolve("jobs/a"));
    Files.writeString(directory.resolve("jobs/a/numbered.py"), SCRIPT);
    postgres = EmbeddedPostgres.start();
    port = ServerProcess.freePort();
    master = startMaster();
    node = startNode();
    master.awaitReady();
    node.awaitReady();
  }

  @AfterEach
  void stop() {
    client.close();
    try (EmbeddedPostgres last = postgres;
        ServerProcess second = master;
        ServerProcess first = node) {
      assertThat(first).isNotNull();
      assertThat(second).isNotNull();
      assertThat(last).isNotNull();
    }
  }

  /** Few of both are in {@code MastersIT}. */
  @Test
  @Tag("long")
  void nothingAcknowledgedIsLostInManyKills() throws Exception {
    killByTurns(Integer.getInteger("pulzar.kills", 300));
  }

  private void killByTurns(int kills) throws Exception {
    Queue<Long> acknowledged = new ConcurrentLinkedQueue<>();
    AtomicBoolean stopped = new AtomicBoolean();
    List<Thread> clients =
        IntStream.range(0, CLIENTS)
            .mapToObj(n -> Thread.ofVirtual().start(() -> launchUntil(stopped, acknowledged)))
            .toList();
    for (int kill = 0; kill < kills; kill++) {
      int before = acknowledged.size();
      wanted.set(before + MOST);
      Await.until(
          "enough is acknowledged",
          Duration.ofMinutes(1),
          () -> acknowledged.size() >= before + ENOUGH);
      LockSupport.parkNanos(Duration.ofMillis(random.nextInt(100)).toNanos());
      if (kill % 2 == 0) {
        postgres.kill();
        postgres.restart();
      } else {
        master.kill();
        assertThat(master.log()).doesNotContain("incident");
        master = startMaster().awaitReady();
      }
    }
    stopped.set(true);
    for (Thread thread : clients) {
      thread.join();
    }
    for (long id : acknowledged) {
      String job = awaitEnd(id);
      assertThat(job).contains("\"status\":\"completed\"", "\"output\":\"job %d\"".formatted(id));
    }
    assertThat(master.log()).doesNotContain("incident");
    System.out.printf(
        "%d kills, %d jobs acknowledged, all completed; %d launches without an answer%n",
        kills, acknowledged.size(), unanswered.get());
  }

  private ServerProcess startMaster() throws IOException {
    Path home = directory.resolve("master");
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
                KEY,
                "--set",
                "pulzar.workers.max=1",
                "--set",
                "pulzar.jobs.lease=3s",
                "--set",
                "pulzar.jobs.losses=1000"));
    options.addAll(List.of(postgres.options(home)));
    return ServerProcess.start(home, options.toArray(String[]::new));
  }

  private ServerProcess startNode() throws IOException {
    return ServerProcess.start(
        directory.resolve("node"),
        "--role",
        "node",
        "--node-port",
        "0",
        "--master",
        "http://127.0.0.1:" + port,
        "--jobs",
        directory.resolve("jobs").toString(),
        "--set",
        KEY,
        "--set",
        "pulzar.server.grace=100ms",
        "--set",
        "pulzar.workers.max=2");
  }

  /** What is refused, or not answered, was not promised. */
  private void launchUntil(AtomicBoolean stopped, Queue<Long> acknowledged) {
    while (!stopped.get()) {
      if (acknowledged.size() < wanted.get()) {
        launch(acknowledged);
      }
      LockSupport.parkNanos(PACE.toNanos());
    }
  }

  private void launch(Queue<Long> acknowledged) {
    try {
      HttpResponse<String> answer = send("POST", "/launch_job/a/numbered");
      Matcher id = JOB_ID.matcher(answer.body());
      if (answer.statusCode() == 200 && id.find()) {
        acknowledged.add(Long.parseLong(id.group(1)));
      }
    } catch (IOException killed) {
      unanswered.incrementAndGet();
    }
  }

  private String awaitEnd(long id) {
    Await.until("job " + id + " ends", Duration.ofMinutes(2), () -> !isUnderWay(job(id)));
    return job(id);
  }

  private static boolean isUnderWay(String job) {
    return job.contains("\"status\":\"pending\"") || job.contains("\"status\":\"running\"");
  }

  private String job(long id) {
    try {
      return send("GET", "/admin/jobs/" + id).body();
    } catch (IOException e) {
      throw new AssertionError("the master does not answer", e);
    }
  }

  private HttpResponse<String> send(String method, String path) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, BodyPublishers.noBody())
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
