package io.pulzar.values;

import io.pulzar.Await;
import io.pulzar.EmbeddedBucket;
import io.pulzar.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * The product's half of {@code bench/values/run.py}.
 *
 * <pre>DIRECTORY SECONDS     one JSON object with all figures</pre>
 */
final class ValuesBench {

  private static final int KILOBYTE = 1 << 10;
  private static final int MEGABYTE = 1 << 20;

  private final HttpClient client = HttpClient.newHttpClient();
  private final int seconds;
  private final Map<String, String> figures = new LinkedHashMap<>();

  private ValuesBench(int seconds) {
    this.seconds = seconds;
  }

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    ValuesBench bench = new ValuesBench(Integer.parseInt(arguments[1]));
    try (EmbeddedBucket bucket =
        EmbeddedBucket.startIn(Files.createDirectories(directory.resolve("bucket")))) {
      bench.all("disk", directory.resolve("disk"), Map.of());
      bench.all("bucket", directory.resolve("server"), bucket.settings(directory));
    }
    System.out.println(
        bench.figures.entrySet().stream()
            .map(entry -> "\"" + entry.getKey() + "\": " + entry.getValue())
            .collect(Collectors.joining(", ", "{", "}")));
    System.exit(0);
  }

  private void all(String where, Path home, Map<String, String> settings) throws Exception {
    TestServer.Preparation prepared =
        TestServer.in(Files.createDirectories(home)).set("pulzar.general.maxsize", "200");
    settings.forEach(prepared::set);
    prepared.set("pulzar.values.timeout", "30s");
    try (TestServer server = prepared.start()) {
      Await.until(
          "the node reports to the master",
          () -> server.send("GET", server.master("/get_node/any"), "").statusCode() == 200);
      sizes(where, server);
    }
  }

  private void sizes(String where, TestServer server) throws Exception {
    for (int clients : new int[] {1, 8}) {
      both(where + " 1 KB, " + clients + " clients", server, clients, KILOBYTE);
    }
    both(where + " 1 MB, 1 clients", server, 1, MEGABYTE);
    both(where + " 1 MB, 4 clients", server, 4, MEGABYTE);
    both(where + " 100 MB, 1 clients", server, 1, 100 * MEGABYTE);
  }

  private void both(String what, TestServer server, int clients, int size) throws Exception {
    byte[] value = new byte[size];
    Arrays.fill(value, (byte) 'x');
    AtomicInteger written = new AtomicInteger();
    String folder = "/" + what.replaceAll("[^A-Za-z0-9]", "");
    // The first round warms up.
    for (int round = 0; round < 2; round++) {
      Rate rate =
          measure(
              clients,
              () ->
                  send(
                      HttpRequest.newBuilder(
                              server.node("/add_key" + folder + "/" + written.incrementAndGet()))
                          .PUT(BodyPublishers.ofByteArray(value)),
                      201));
      figures.put(what + ", write", rate.json(size));
    }
    AtomicInteger read = new AtomicInteger();
    for (int round = 0; round < 2; round++) {
      Rate rate =
          measure(
              clients,
              () -> {
                int number = 1 + Math.floorMod(read.getAndIncrement(), written.get());
                URI url = server.node("/get_key" + folder + "/" + number);
                send(HttpRequest.newBuilder(url), 200);
              });
      figures.put(what + ", read", rate.json(size));
    }
  }

  /** One request. */
  @FunctionalInterface
  private interface Request {
    void send() throws IOException, InterruptedException;
  }

  private record Rate(double perSecond, double medianMillis, double p99Millis) {

    String json(int size) {
      return String.format(
          Locale.ROOT,
          "{\"per_second\": %.1f, \"mb_per_second\": %.2f, \"p50_ms\": %.2f, \"p99_ms\": %.2f}",
          perSecond,
          perSecond * size / MEGABYTE,
          medianMillis,
          p99Millis);
    }
  }

  private Rate measure(int clients, Request request) throws Exception {
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(seconds);
    List<Long> times = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Long>>> all = new ArrayList<>();
      for (int number = 0; number < clients; number++) {
        all.add(threads.submit(() -> until(end, request)));
      }
      for (Future<List<Long>> each : all) {
        times.addAll(each.get());
      }
    }
    double taken = (System.nanoTime() - start) / 1e9;
    times.sort(Long::compare);
    return new Rate(
        times.size() / taken,
        times.get(times.size() / 2) / 1e6,
        times.get(times.size() * 99 / 100) / 1e6);
  }

  private static List<Long> until(long end, Request request)
      throws IOException, InterruptedException {
    List<Long> times = new ArrayList<>();
    do {
      long start = System.nanoTime();
      request.send();
      times.add(System.nanoTime() - start);
    } while (System.nanoTime() < end);
    return times;
  }

  private void send(HttpRequest.Builder request, int expected)
      throws IOException, InterruptedException {
    HttpResponse<Void> answer = client.send(request.build(), BodyHandlers.discarding());
    if (answer.statusCode() != expected) {
      throw new IllegalStateException("answered with " + answer.statusCode());
    }
  }
}
