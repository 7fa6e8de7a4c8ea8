package io.pulzar.network;

import io.pulzar.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Clients that launch jobs and store values without a pause, remember what was acknowledged, and in
 * the end ask for all of it.
 */
final class Load implements AutoCloseable {

  private static final int CLIENTS_OF_EACH_KIND = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(100);
  private static final Duration ALL_ENDED = Duration.ofMinutes(2);
  private static final Pattern JOB_ID = Pattern.compile("\"job_id\":(\\d+)");

  /**
   * What became of it all.
   *
   * @param lost jobs and values that were acknowledged and are not there
   * @param twice jobs whose output is not that of exactly one run
   */
  record Result(
      int requests,
      int failed,
      Map<String, Integer> failures,
      int jobs,
      int values,
      List<String> lost,
      List<String> twice,
      long repeated) {}

  private final String master;
  private final int valueBytes;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(Duration.ofSeconds(3))
          .build();
  private final Queue<Long> jobs = new ConcurrentLinkedQueue<>();
  private final Map<String, String> values = new ConcurrentHashMap<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger keys = new AtomicInteger();
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final List<Thread> clients = new ArrayList<>();
  private volatile boolean stopped;

  private Load(String master, int valueBytes) {
    this.master = master;
    this.valueBytes = valueBytes;
  }

  /** Begins. */
  static Load on(String master, int valueBytes) {
    Load load = new Load(master, valueBytes);
    for (int n = 0; n < CLIENTS_OF_EACH_KIND; n++) {
      load.clients.add(Thread.ofVirtual().start(() -> load.repeat(load::launch)));
      load.clients.add(Thread.ofVirtual().start(() -> load.repeat(load::store)));
    }
    return load;
  }

  /** Waits until so many more requests were acknowledged. */
  void awaitMore(int more) {
    int before = acknowledged();
    Await.until(
        "requests go through", Duration.ofSeconds(60), () -> acknowledged() >= before + more);
  }

  private int acknowledged() {
    return jobs.size() + values.size();
  }

  /** Waits until a new job has run to its end and a new value can be read. */
  void awaitService() {
    Await.until(
        "jobs and values work again",
        Duration.ofSeconds(90),
        () -> {
          try {
            String key = "/probe/" + keys.incrementAndGet();
            return send("POST", "/launch_job/a/numbered?wait=10s", "{\"seconds\": 0}")
                    .body()
                    .contains("\"status\":\"completed\"")
                && send("PUT", "/add_key" + key, "probe").statusCode() == 201
                && send("GET", "/get_key" + key, "").body().equals("probe");
          } catch (IOException e) {
            return false;
          }
        });
  }

  /** Ends the load and asks for everything that was acknowledged. */
  Result result() throws InterruptedException {
    stopped = true;
    for (Thread thread : clients) {
      thread.join();
    }
    List<String> lost = new ArrayList<>();
    List<String> twice = new ArrayList<>();
    long repeated = 0;
    for (long id : jobs) {
      String job = awaitEnd(id);
      long outputs = Pattern.compile("job \\d+").matcher(job).results().count();
      if (!job.contains("\"status\":\"completed\"") || outputs == 0) {
        lost.add(job);
      } else if (outputs > 1 || !job.contains("\"output\":\"job " + id + "\"")) {
        twice.add(job);
      }
      repeated += job.contains("\"attempt\":1,") ? 0 : 1;
    }
    values.forEach(
        (key, value) -> {
          if (!value.equals(read(key))) {
            lost.add(key);
          }
        });
    int failed = failures.values().stream().mapToInt(Integer::intValue).sum();
    return new Result(
        requests.get(),
        failed,
        Map.copyOf(failures),
        jobs.size(),
        values.size(),
        lost,
        twice,
        repeated);
  }

  private String awaitEnd(long id) {
    String[] job = {""};
    Await.until(
        "job " + id + " ends",
        ALL_ENDED,
        () -> {
          try {
            job[0] = send("GET", "/admin/jobs/" + id, "").body();
            return job[0].contains("\"job\"")
                && !job[0].contains("\"status\":\"pending\"")
                && !job[0].contains("\"status\":\"running\"");
          } catch (IOException e) {
            return false;
          }
        });
    return job[0];
  }

  private String read(String key) {
    try {
      return send("GET", "/get_key" + key, "").body();
    } catch (IOException e) {
      return e.toString();
    }
  }

  private interface Request {
    void send() throws IOException;
  }

  private void repeat(Request request) {
    while (!stopped) {
      requests.incrementAndGet();
      try {
        request.send();
      } catch (IOException e) {
        failures.merge(String.valueOf(e.getMessage()), 1, Integer::sum);
        LockSupport.parkNanos(AFTER_FAILURE.toNanos());
      }
    }
  }

  private void launch() throws IOException {
    HttpResponse<String> answer = send("POST", "/launch_job/a/numbered", "{\"seconds\": 0.05}");
    Matcher id = JOB_ID.matcher(answer.body());
    if (!id.find()) {
      throw new IOException("job: " + answer.statusCode());
    }
    jobs.add(Long.parseLong(id.group(1)));
    // As fast as two slots of two nodes can run them, or nothing would ever end.
    pause(Duration.ofMillis(100));
  }

  private void store() throws IOException {
    int number = keys.incrementAndGet();
    String key = "/load/" + number;
    String text = "value %d ".formatted(number);
    String value = text.repeat(Math.ceilDiv(valueBytes, text.length()));
    int status = send("PUT", "/add_key" + key, value).statusCode();
    if (status != 201) {
      throw new IOException("value: " + status);
    }
    values.put(key, value);
    pause(Duration.ofMillis(20));
  }

  /** Longer on a busy machine, which would never get to the end of what waits. */
  private static void pause(Duration usual) {
    LockSupport.parkNanos((long) (usual.toNanos() * Await.slowness()));
  }

  private HttpResponse<String> send(String method, String path, String body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(master + path))
            .timeout(PATIENCE)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IOException(
          (method.equals("PUT") ? "value: " : "job: ") + e.getClass().getSimpleName(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    stopped = true;
    client.shutdownNow();
  }
}
