package io.pulzar.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.NumberedJob;
import io.pulzar.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A master and nodes as processes of their own, with real workers, are killed while jobs are queued
 * and running. More rounds: {@code -Dpulzar.kills=50}.
 */
final class KilledServersIT {

  private static final int KILLS = Integer.getInteger("pulzar.kills", 2);
  private static final int CLIENTS = 4;
  private static final int ENOUGH = 25;

  @TempDir private Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Random random = new Random();
  private int port;
  private ServerProcess master;
  private ServerProcess node;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    NumberedJob.writeTo(directory.resolve("jobs"));
    port = ServerProcess.freePort();
    master = startMaster().awaitReady();
    node = startNode("one").awaitReady();
  }

  @AfterEach
  void stop() {
    client.close();
    try (ServerProcess first = node;
        ServerProcess last = master) {
      assertThat(List.of(first, last)).doesNotContainNull();
    }
  }

  @Test
  void aKilledMasterLosesNothingItAcknowledgedAndNothingCompletesTwice() throws Exception {
    Queue<Long> acknowledged = new ConcurrentLinkedQueue<>();
    for (int kill = 0; kill < KILLS; kill++) {
      int before = acknowledged.size();
      AtomicBoolean stopped = new AtomicBoolean();
      List<Thread> clients =
          IntStream.range(0, CLIENTS)
              .mapToObj(n -> Thread.ofVirtual().start(() -> launchUntil(stopped, acknowledged)))
              .toList();
      Await.until("enough is acknowledged", () -> acknowledged.size() >= before + ENOUGH);
      LockSupport.parkNanos(Duration.ofMillis(random.nextInt(100)).toNanos());
      master.kill();
      stopped.set(true);
      for (Thread thread : clients) {
        thread.join();
      }
      assertThat(master.log()).doesNotContain("was lost with job");
      master = startMaster();
      master.awaitReady();
    }
    for (long id : acknowledged) {
      String job = awaitEnd(id);
      assertThat(job).contains(NumberedJob.completed(id));
      assertThat(runsThatEnded(job)).isEqualTo(1);
    }
    assertThat(master.log()).doesNotContain("was lost with job");
    System.out.printf(
        "%d kills, %d jobs acknowledged, all completed%n", KILLS, acknowledged.size());
  }

  @Test
  void whileTheMasterStandsStillNoJobIsLostOrRunsTwice() throws Exception {
    List<Long> ids = IntStream.range(0, 4).mapToObj(n -> launch("6")).toList();
    Await.until("they run", () -> ids.stream().anyMatch(id -> job(id).contains("\"running\"")));
    master.pause();
    // Several times as long as a lease.
    LockSupport.parkNanos(Duration.ofSeconds(10).toNanos());
    master.resume();
    for (long id : ids) {
      assertThat(awaitEnd(id)).contains(NumberedJob.completed(id)).contains("\"attempt\":1");
    }
    assertThat(master.log()).doesNotContain("was lost with job");
  }

  @Test
  void theJobsOfAKilledNodeRunElsewhereUnderTheNextAttempt() throws Exception {
    List<Long> ids = IntStream.range(0, 4).mapToObj(n -> launch("2.5")).toList();
    Await.until("they run", () -> ids.stream().anyMatch(id -> job(id).contains("\"running\"")));
    node.kill();
    try (ServerProcess _ = node) {
      node = startNode("two").awaitReady();
    }
    for (long id : ids) {
      assertThat(awaitEnd(id)).contains(NumberedJob.completed(id)).contains("\"node\":\"two\"");
    }
    assertThat(ids).anyMatch(id -> job(id).contains("\"attempt\":2"));
  }

  @Test
  void aStoppedNodeHandsItsRunningJobsBack() throws Exception {
    long id = launch("20");
    Await.until("it runs", () -> job(id).contains("\"running\""));
    post("/admin/jobs/" + id + "/cancel");
    assertThat(awaitEnd(id)).contains("\"state\":\"canceled\"");
    long second = launch("4");
    Await.until("it runs", () -> job(second).contains("\"running\""));
    node.close();
    node = startNode("two").awaitReady();
    assertThat(awaitEnd(second)).contains("\"status\":\"completed\"", "\"node\":\"two\"");
  }

  private ServerProcess startMaster() throws IOException {
    return ServerProcess.start(
        directory.resolve("master"),
        "--role",
        "master",
        "--port",
        Integer.toString(port),
        "--jobs",
        directory.resolve("jobs").toString(),
        "--set",
        "pulzar.server.key=the key of this test",
        "--set",
        "pulzar.workers.max=1",
        "--set",
        "pulzar.jobs.lease=3s",
        "--set",
        "pulzar.jobs.losses=100");
  }

  private ServerProcess startNode(String name) throws IOException {
    return ServerProcess.start(
        directory.resolve(name),
        "--role",
        "node",
        "--node-port",
        "0",
        "--master",
        "http://127.0.0.1:" + port,
        "--jobs",
        directory.resolve("jobs").toString(),
        "--set",
        "pulzar.server.key=the key of this test",
        "--set",
        "pulzar.server.grace=100ms",
        "--set",
        "pulzar.workers.max=2",
        "--set",
        "pulzar.node.name=" + name);
  }

  private void launchUntil(AtomicBoolean stopped, Queue<Long> acknowledged) {
    while (!stopped.get()) {
      try {
        acknowledged.add(launch("0.02"));
      } catch (IllegalStateException broken) {
        // The master was killed before it answered: nothing was promised.
        return;
      }
    }
  }

  private long launch(String seconds) {
    String answer = send("POST", NumberedJob.LAUNCH, "{\"seconds\": " + seconds + "}");
    OptionalLong id = NumberedJob.acknowledged(answer);
    assertThat(id).as(answer).isPresent();
    return id.getAsLong();
  }

  private String awaitEnd(long id) {
    Await.until("job " + id + " ends", () -> NumberedJob.isOver(job(id)));
    return job(id);
  }

  private String job(long id) {
    return send("GET", "/admin/jobs/" + id, "");
  }

  private void post(String path) {
    assertThat(send("POST", path, "")).contains("\"status\":\"ok\"");
  }

  /** The output holds one part for each run that came to its end, and is that of one attempt. */
  private static int runsThatEnded(String job) {
    Matcher outputs = Pattern.compile("job \\d+").matcher(job);
    return (int) outputs.results().count();
  }

  private String send(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new IllegalStateException("the master does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
