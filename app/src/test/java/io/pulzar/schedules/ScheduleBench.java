package io.pulzar.schedules;

import io.pulzar.TestServer;
import io.pulzar.jobs.ScriptedPython;
import io.pulzar.roles.Role;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The product's half of {@code bench/schedules/run.py}: a whole server whose Python is played, so
 * that what is measured is the way from a due time to the start of its script.
 *
 * <pre>
 * drift DIRECTORY TIMERS SECONDS [SAME]   late times in milliseconds, one a line
 * fill  DIRECTORY SCHEDULES               a home with so many, and what they take in memory and on disk
 * </pre>
 */
final class ScheduleBench {

  private static final Duration AHEAD = Duration.ofSeconds(20);
  private static final int WARM_UP = 1_000;
  private static final int SLOTS = 16;
  private static final int AT_A_TIME = 500;

  private ScheduleBench() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[1]);
    int count = Integer.parseInt(arguments[2]);
    Files.createDirectories(directory.resolve("jobs"));
    Files.writeString(directory.resolve("jobs/one.py"), "class One:\n    pass\n");
    if (arguments[0].equals("drift")) {
      drift(directory, count, Integer.parseInt(arguments[3]), arguments.length > 4);
    } else {
      fill(directory, count);
    }
    System.exit(0);
  }

  private static void drift(Path directory, int count, int seconds, boolean same)
      throws InterruptedException {
    Instant start = Instant.now().plus(AHEAD);
    Queue<Long> late = new ConcurrentLinkedQueue<>();
    CountDownLatch all = new CountDownLatch(count);
    ScriptedPython python = new ScriptedPython(SLOTS);
    python.on(
        "one",
        (call, listener, canceled) -> {
          long now = System.currentTimeMillis();
          String text = call.arguments();
          int from = text.indexOf("\"due\":") + 6;
          long due = Long.parseLong(text.substring(from, text.indexOf(',', from)));
          if (due >= start.toEpochMilli()) {
            late.add(now - due);
            all.countDown();
          }
          return ScriptedPython.OK;
        });
    try (TestServer server = server(directory, python)) {
      ScheduleStore store = server.context(Role.MASTER).getBean(ScheduleStore.class);
      Random random = new Random(1);
      List<Instant> dues = new ArrayList<>();
      for (int n = 0; n < count; n++) {
        dues.add(start.plusMillis(same ? 0 : random.nextInt(seconds * 1_000)));
      }
      for (int n = 0; n < WARM_UP; n++) {
        dues.add(start.minusMillis(4_000 + n * 4L));
      }
      add(store, dues);
      server.context(Role.MASTER).getBean(ScheduleTimer.class).wake();
      if (Instant.now().isAfter(start.minus(AHEAD.dividedBy(2)))) {
        throw new IllegalStateException("the schedules were not stored in time");
      }
      if (!all.await(seconds + 120L, TimeUnit.SECONDS)) {
        throw new IllegalStateException(all.getCount() + " runs are missing");
      }
      late.forEach(System.out::println);
    }
  }

  private static void fill(Path directory, int count) throws IOException {
    try (TestServer server = server(directory, new ScriptedPython(1))) {
      ScheduleStore store = server.context(Role.MASTER).getBean(ScheduleStore.class);
      long before = heap();
      Instant due = Instant.now().plus(Duration.ofDays(30));
      List<Instant> dues = new ArrayList<>();
      for (int n = 0; n < count; n++) {
        dues.add(due.plusMillis(n));
      }
      add(store, dues);
      dues.clear();
      long after = heap();
      long disk = Files.size(directory.resolve("home/master/jobs/data.mdb"));
      System.out.printf(
          Locale.ROOT,
          "{\"schedules\": %d, \"heap_before\": %d, \"heap_after\": %d, \"store\": %d}%n",
          count,
          before,
          after,
          disk);
    }
  }

  private static void add(ScheduleStore store, List<Instant> dues) {
    List<CompletableFuture<Long>> added = new ArrayList<>();
    for (Instant due : dues) {
      JobTemplate work =
          new JobTemplate("one", "{\"due\":" + due.toEpochMilli() + "}", Optional.empty());
      Plan plan = new Plan(new Timing.At(due), Policy.DEFAULT, 1);
      added.add(store.add(work, plan, Optional.empty(), Instant.now()).toCompletableFuture());
      if (added.size() == AT_A_TIME) {
        added.forEach(CompletableFuture::join);
        added.clear();
      }
    }
    added.forEach(CompletableFuture::join);
  }

  private static TestServer server(Path directory, ScriptedPython python) {
    return TestServer.in(directory)
        .python(() -> python)
        .set("pulzar.jobs.dir", directory.resolve("jobs").toString())
        .set("pulzar.jobs.queue", "1000000")
        .set("pulzar.schedules.most", "1000000")
        .start();
  }

  /** Bytes in use after a full collection. */
  private static long heap() {
    for (int n = 0; n < 3; n++) {
      ManagementFactory.getMemoryMXBean().gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
