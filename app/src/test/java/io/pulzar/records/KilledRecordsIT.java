package io.pulzar.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A master, its node and another installation, as processes of their own, are killed while values
 * are written and removed. More rounds: {@code -Dpulzar.kills=50}.
 */
@Tag("slow")
final class KilledRecordsIT {

  private static final int KILLS = Integer.getInteger("pulzar.kills", 2);
  private static final int CLIENTS = 4;
  private static final int NAMES = 8;
  private static final int ENOUGH = 40;

  /** What a name says once it was removed. */
  private static final int REMOVED = 7;

  @TempDir private Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Random random = new Random(11);
  private final int[] ports = new int[3];
  private final ServerProcess[] servers = new ServerProcess[3];
  private final List<Supplier<ServerProcess>> starts =
      List.of(this::startMaster, this::startNode, this::startOther);

  /** By name: the last number that was acknowledged, and the last that was sent. */
  private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();

  private final Map<String, Integer> sent = new ConcurrentHashMap<>();
  private final AtomicInteger writes = new AtomicInteger();

  @BeforeEach
  void start() throws IOException {
    for (int at = 0; at < servers.length; at++) {
      ports[at] = ServerProcess.freePort();
    }
    for (int at = 0; at < servers.length; at++) {
      servers[at] = starts.get(at).get().awaitReady();
    }
  }

  @AfterEach
  void stop() {
    client.close();
    for (ServerProcess server : servers) {
      if (server != null) {
        server.close();
      }
    }
  }

  @Test
  void whoeverIsKilledNothingAcknowledgedIsLostAndAllEndWithTheSame() throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      int before = writes.get();
      AtomicBoolean stopped = new AtomicBoolean();
      List<Thread> clients =
          IntStream.range(0, CLIENTS)
              .mapToObj(n -> Thread.ofVirtual().start(() -> writeUntil(stopped, n)))
              .toList();
      Await.until("enough is acknowledged", () -> writes.get() >= before + ENOUGH);
      LockSupport.parkNanos(Duration.ofMillis(random.nextInt(50)).toNanos());
      int victim = kill % servers.length;
      servers[victim].kill();
      stopped.set(true);
      for (Thread thread : clients) {
        thread.join();
      }
      servers[victim] = starts.get(victim).get().awaitReady();
    }
    Map<String, Integer> promised = Map.copyOf(acknowledged);
    for (int at = 0; at < servers.length; at++) {
      int server = at;
      Await.until("server " + at + " has all", () -> hasAll(server, promised));
    }
    String first = dump(0);
    for (int at = 1; at < servers.length; at++) {
      int server = at;
      Await.until("server " + at + " is equal", () -> dump(server).equals(first));
    }
    System.out.printf("%d kills, %d writes acknowledged, none lost%n", KILLS, writes.get());
  }

  /** Each client has names of its own, so that the order of its writes is known. */
  private void writeUntil(AtomicBoolean stopped, int number) {
    for (int count = 1; !stopped.get(); count++) {
      String name = "c" + number + "-" + count % NAMES;
      int next = sent.getOrDefault(name, 0) + 1;
      sent.put(name, next);
      boolean removes = next % REMOVED == 0;
      String path = "/nodes/values/" + name;
      try {
        HttpResponse<String> answer =
            send(0, removes ? "DELETE" : "PUT", path, removes ? "" : Integer.toString(next));
        if (answer.statusCode() < 300) {
          acknowledged.put(name, next);
          writes.incrementAndGet();
        }
      } catch (IOException broken) {
        // It was killed before it answered: nothing was promised.
        return;
      }
    }
  }

  private boolean hasAll(int server, Map<String, Integer> promised) {
    return promised.entrySet().stream()
        .allMatch(entry -> isAtLeast(server, entry.getKey(), entry.getValue()));
  }

  /** Whether a server has what was acknowledged, or what was sent after it and not answered. */
  private boolean isAtLeast(int server, String name, int promised) {
    try {
      HttpResponse<String> answer = send(server, "GET", "/nodes/values/" + name, "");
      int last = sent.getOrDefault(name, 0);
      if (answer.statusCode() == 404) {
        return IntStream.rangeClosed(promised, last).anyMatch(n -> n % REMOVED == 0);
      }
      return answer.statusCode() == 200
          && Integer.parseInt(answer.body()) >= promised
          && Integer.parseInt(answer.body()) <= last;
    } catch (IOException away) {
      return false;
    }
  }

  private String dump(int server) {
    try {
      HttpResponse<String> answer = send(server, "GET", "/nodes/dump", "");
      assertThat(answer.statusCode()).isEqualTo(200);
      return answer.body();
    } catch (IOException away) {
      return "";
    }
  }

  private HttpResponse<String> send(int server, String method, String path, String body)
      throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports[server] + path))
            .timeout(Duration.ofSeconds(60))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private ServerProcess startMaster() {
    return started(
        "master",
        "--role=master",
        "--port=" + ports[0],
        "--set=pulzar.server.key=the key of this test",
        "--set=pulzar.records.servers=http://127.0.0.1:" + ports[2]);
  }

  private ServerProcess startNode() {
    return started(
        "node",
        "--role=node",
        "--node-port=" + ports[1],
        "--master=http://127.0.0.1:" + ports[0],
        "--set=pulzar.server.key=the key of this test",
        "--set=pulzar.node.name=one");
  }

  private ServerProcess startOther() {
    return started("other", "--role=master", "--port=" + ports[2]);
  }

  private ServerProcess started(String name, String... options) {
    try {
      List<String> all = new ArrayList<>(List.of(options));
      all.add("--set=pulzar.workers.max=1");
      all.add("--set=pulzar.records.peer-token=the token of this test");
      return ServerProcess.start(directory.resolve(name), all.toArray(String[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
