package io.pulzar.page;

import io.pulzar.Await;
import io.pulzar.TestServer;
import io.pulzar.jobs.FilledHistory;
import io.pulzar.jobs.ScriptedPython;
import io.pulzar.polyglot.Outcome;
import io.pulzar.roles.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The product's half of {@code bench/page/run.py}: a whole server whose Python is played, with a
 * history of many runs, and a browser that looks at it.
 *
 * <pre>DIRECTORY RUNS     one JSON object with all figures</pre>
 */
final class PageBench {

  private static final int ROUNDS = 21;
  private static final int LINES_A_SECOND = 1_000;
  private static final int SECONDS = 10;

  private final Map<String, Object> figures = new LinkedHashMap<>();
  private final TestServer server;

  private PageBench(TestServer server) {
    this.server = server;
  }

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    int runs = Integer.parseInt(arguments[1]);
    Files.createDirectories(directory.resolve("jobs"));
    Files.writeString(
        directory.resolve("jobs/talks.py"), "class Talks:\n    def execute(self):\n        pass\n");
    FilledHistory.fill(directory.resolve("home"), runs, Instant.now());
    ScriptedPython python = new ScriptedPython(2);
    python.on("talks", (call, listener, canceled) -> talk(listener::log));
    try (TestServer server =
            TestServer.in(directory)
                .python(() -> python)
                .set("pulzar.jobs.dir", directory.resolve("jobs").toString())
                .set("pulzar.jobs.history", "10000000")
                .start();
        Browser browser = Browser.open(server.master("/"), directory.resolve("profile"))) {
      PageBench bench = new PageBench(server);
      bench.figures.put("runs", runs);
      bench.sizes();
      bench.lists(runs);
      bench.paint(browser);
      bench.scroll(browser);
      bench.liveLog(browser);
      System.out.println(
          bench.figures.entrySet().stream()
              .map(entry -> "\"" + entry.getKey() + "\": " + entry.getValue())
              .collect(Collectors.joining(", ", "{", "}")));
    }
    System.exit(0);
  }

  private static Outcome talk(Consumer<String> log) {
    long start = System.nanoTime();
    for (int line = 0; line < LINES_A_SECOND * SECONDS; line++) {
      long due = start + TimeUnit.SECONDS.toNanos(line) / LINES_A_SECOND;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      log.accept("line " + line + " of a log that is followed while it is written\n");
    }
    return ScriptedPython.OK;
  }

  private void sizes() {
    PageFiles files = server.context(Role.MASTER).getBean(PageFiles.class);
    long plain = files.first().bytes().length;
    long compressed = files.first().compressed().length;
    for (String path : files.paths()) {
      PageFile file = files.find(path).orElseThrow();
      plain += file.bytes().length;
      compressed += file.compressed().length;
    }
    figures.put("all_files_bytes", plain);
    figures.put("all_files_compressed_bytes", compressed);
  }

  /** Through HTTP, one request after the other. */
  private void lists(int runs) {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put("newest", "");
    queries.put("middle", "&after=" + runs / 2);
    queries.put("failed", "&state=failed");
    queries.put("canceled_or_failed", "&state=canceled,failed");
    queries.put("one_script", "&script=team7/script_117");
    queries.put("folder", "&script=team7/");
    queries.put("text_that_is_found", "&text=invoice");
    queries.put("text_that_is_nowhere", "&text=nowhere");
    queries.put("until_an_hour_ago", "&until=" + Instant.now().minusSeconds(3600));
    queries.forEach(
        (name, query) ->
            figures.put("list_" + name + "_ms", median("/admin/all_jobs?limit=100" + query)));
    long first = System.nanoTime();
    get("/admin/statistics?hours=24");
    figures.put("statistics_first_ms", millis(System.nanoTime() - first));
    figures.put("statistics_ms", median("/admin/statistics?hours=24"));
  }

  private String median(String path) {
    long[] took = new long[ROUNDS];
    get(path);
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      get(path);
      took[round] = System.nanoTime() - start;
    }
    Arrays.sort(took);
    return millis(took[ROUNDS / 2]);
  }

  private void get(String path) {
    int status = server.send("GET", server.master(path), "").statusCode();
    if (status != 200) {
      throw new IllegalStateException(path + " answered " + status);
    }
  }

  private void paint(Browser browser) {
    browser.size(1440, 900);
    for (String visit : new String[] {"cold", "warm"}) {
      browser.go("?" + visit + "#/");
      browser.see("Latest runs", "team");
      figures.put(
          "first_paint_" + visit + "_ms",
          browser.run(
              "return performance.getEntriesByName('first-contentful-paint')[0].startTime"));
      figures.put(
          "transferred_" + visit + "_bytes",
          browser.run(
              "return performance.getEntriesByType('resource').filter(e => e.name.includes('/page/'))"
                  + ".reduce((sum, e) => sum + e.transferSize, 0)"));
    }
  }

  /** Goes down through 2,000 runs and notes the longest pause between two frames. */
  private void scroll(Browser browser) {
    browser.go("#/runs");
    browser.see("100 runs");
    watchFrames(browser);
    long start = System.nanoTime();
    Await.until(
        "2,000 runs are shown",
        () -> {
          browser.run("scrollTo(0, document.documentElement.scrollHeight)");
          return rows(browser) >= 2_000;
        });
    figures.put("scrolled_2000_runs_ms", millis(System.nanoTime() - start));
    figures.put("scrolled_longest_frame_ms", longestFrame(browser));
  }

  private static long rows(Browser browser) {
    return (long)
        number(browser, "return Number(document.querySelector('table').ariaRowCount) - 1");
  }

  private void liveLog(Browser browser) {
    String answer = server.send("POST", server.master("/launch_job/talks"), "").body();
    String id = answer.replaceAll(".*\"job_id\":(\\d+).*", "$1");
    browser.go("#/runs/" + id);
    browser.see("line ");
    watchFrames(browser);
    long last = (long) LINES_A_SECOND * SECONDS - 1;
    browser.see("line " + last + " of a log");
    figures.put("live_log_lines_a_second", LINES_A_SECOND);
    figures.put("live_log_longest_frame_ms", longestFrame(browser));
    figures.put(
        "live_log_elements", browser.run("return document.querySelectorAll('.log p').length"));
  }

  private static void watchFrames(Browser browser) {
    browser.run(
        "window.longest = 0; let before = performance.now();"
            + "const next = (now) => { window.longest = Math.max(window.longest, now - before);"
            + " before = now; requestAnimationFrame(next); }; requestAnimationFrame(next);");
  }

  private static String longestFrame(Browser browser) {
    return String.format(Locale.ROOT, "%.0f", number(browser, "return window.longest"));
  }

  private static double number(Browser browser, String script) {
    return browser.run(script) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.1f", nanos / 1e6);
  }
}
