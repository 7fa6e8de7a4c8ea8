package io.pulzar.page;

import io.pulzar.Await;
import io.pulzar.TestServer;
import io.pulzar.access.FirstAdministrator;
import io.pulzar.alarms.TestReceiver;
import io.pulzar.jobs.FilledHistory;
import io.pulzar.jobs.ScriptedPython;
import io.pulzar.polyglot.Outcome;
import io.pulzar.roles.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes the pictures of {@code docs/page.md}: every page, light and dark, wide and narrow, on a
 * server with played workers and a history of 100,000 runs.
 *
 * <pre>DIRECTORY PICTURES</pre>
 */
final class PageScreenshots {

  private static final int RUNS = 100_000;

  private PageScreenshots() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    Path pictures = Files.createDirectories(Path.of(arguments[1]));
    FilledHistory.fill(directory.resolve("home"), RUNS, Instant.now());
    ScriptedPython python = new ScriptedPython(4);
    python.on("scan/inbox", (call, listener, canceled) -> scan(listener::log));
    python.on(
        "reports/nightly",
        (call, listener, canceled) -> {
          listener.log("\u001b[32mconnected\u001b[0m to the warehouse\n");
          canceled.toCompletableFuture().join();
          return new Outcome.Canceled();
        });
    scripts(directory.resolve("jobs"));
    Files.createDirectories(directory.resolve("extensions"));
    Files.copy(
        Path.of("..", "extensions", "example.py"),
        directory.resolve("extensions").resolve("greet.py"));
    try (TestReceiver receiver = new TestReceiver();
        TestServer server =
            TestServer.in(directory)
                .python(() -> python)
                .set("pulzar.jobs.dir", directory.resolve("jobs").toString())
                .set("pulzar.jobs.history", "10000000")
                .set("pulzar.node.name", "east-1")
                .start();
        Browser browser = Browser.open(server.master("/"), directory.resolve("profile"))) {
      Await.until(
          "the node is online",
          () -> server.send("GET", server.master("/admin/network"), "").body().contains("slots"));
      alarms(server, receiver);
      String run = fill(server);
      receiver.awaitTaken("scan/inbox failed");
      Map<String, String> pages = new LinkedHashMap<>();
      pages.put("overview", "|Latest runs");
      pages.put("scripts", "scripts|6 scripts");
      pages.put("script", "scripts/scan/inbox|Launch and watch");
      pages.put("edit", "edit/jobs/scan/inbox|Run the draft");
      pages.put("extension", "extensions/greet|Call it");
      pages.put("runs", "runs|and older ones");
      pages.put("run", "runs/" + run + "|reading 14 files");
      pages.put("schedules", "schedules|3 schedules");
      pages.put("keys", "keys?prefix=%2Freports%2F|plan.json");
      pages.put("records", "records?tab=shared|currency/eur");
      pages.put("secrets", "secrets|WAREHOUSE_PASSWORD");
      pages.put("nodes", "nodes|Processors");
      pages.put("node", "nodes/east-1|reports/nightly");
      pages.put("alarms", "alarms|on-call");
      pages.put("settings", "settings|pulzar.server.port");
      pages.put("doctor", "settings?tab=doctor|workers' wall");
      pages.put("access", "access|People");
      shoot(browser, pictures, pages);
    }
    audit(directory.resolve("asking"), pictures);
    System.exit(0);
  }

  /**
   * Takes each page in four forms.
   *
   * @param pages by their names, the place and what is to be seen there
   */
  private static void shoot(Browser browser, Path pictures, Map<String, String> pages)
      throws IOException {
    for (int width : new int[] {1440, 375}) {
      for (boolean dark : new boolean[] {false, true}) {
        browser.dark(dark);
        for (Map.Entry<String, String> page : pages.entrySet()) {
          boolean dense = page.getKey().equals("runs") || page.getKey().equals("settings");
          browser.size(width, width == 375 ? 760 : dense ? 640 : 900);
          String[] place = page.getValue().split("\\|", -1);
          browser.go("?" + page.getKey() + width + dark + "#/" + place[0]);
          browser.see(place[1]);
          Await.until(
              page.getKey() + " is complete",
              () ->
                  Boolean.TRUE.equals(
                      browser.run(
                          "return document.querySelector('main header') !== null"
                              + " && !document.querySelector('main[aria-busy=true], .wait')"
                              + " && [...document.querySelectorAll('.plot')].every(p => p.querySelector('canvas'))")));
          String name = page.getKey() + "-" + width + (dark ? "-dark" : "-light") + ".png";
          Files.write(pictures.resolve(name), browser.screenshot());
        }
      }
    }
  }

  /** On a server that asks who sends a request: only there is something written down. */
  private static void audit(Path directory, Path pictures) throws IOException {
    Files.createDirectories(directory.resolve("jobs/reports"));
    script(directory.resolve("jobs"), "reports/nightly", "The report of the day", "{}");
    try (TestServer server =
            TestServer.in(directory)
                .python(() -> new ScriptedPython(1))
                .set("pulzar.auth", "on")
                .set("pulzar.jobs.dir", directory.resolve("jobs").toString())
                .start();
        Browser browser = Browser.open(server.master("/"), directory.resolve("profile"))) {
      FirstAdministrator first = server.context(Role.MASTER).getBean(FirstAdministrator.class);
      String token = first.token().orElseThrow();
      browser.go(first.signInPath().substring(1));
      browser.see("signed in as");
      for (String made :
          new String[] {
            "PUT /admin/secrets/WAREHOUSE_PASSWORD?folder=finance",
            "POST /launch_job/reports/nightly",
            "POST /admin/jobs/17/cancel",
            "DELETE /admin/secrets/OLD_PASSWORD"
          }) {
        String[] request = made.split(" ", -1);
        server.send(
            request[0],
            server.master(request[1]),
            request[0].equals("DELETE") ? "" : "{}",
            "Authorization",
            "Bearer " + token);
      }
      shoot(browser, pictures, Map.of("audit", "audit|WAREHOUSE_PASSWORD"));
    }
  }

  private static Outcome scan(Consumer<String> log) {
    log.accept("{\"folder\": \"inbox/2026-11-27\"}\nreading 14 files\n");
    log.accept("page 1 of 14 ██░░░░░░ 7 %\rpage 8 of 14 █████░░░ 57 %\n");
    log.accept("\u001b[33minbox/2026-11-27/0008.png: no invoice number found\u001b[0m\n");
    log.accept("Traceback (most recent call last):\n");
    log.accept("  File \"scan/inbox.py\", line 12, in execute\n    number = fields['invoice']\n");
    log.accept("KeyError: 'invoice'\n");
    return new Outcome.Raised("KeyError", "'invoice'", "scan/inbox.py:12 in execute");
  }

  private static void scripts(Path jobs) throws IOException {
    script(
        jobs,
        "scan/inbox",
        "Reads the invoices of a folder",
        "{\"folder\": \"str\", \"language\": \"eng | deu | spa\", \"pages\": \"int, 1 to 500, 50 when missing\"}");
    script(
        jobs,
        "scan/archive",
        "Moves what was read to the archive",
        "{\"older_than\": \"int, days\"}");
    script(jobs, "reports/nightly", "The report of the day", "{}");
    script(jobs, "finance/close_day", "Closes the day's books", "{\"day\": \"str, optional\"}");
    script(jobs, "finance/import", "Imports bookings of one customer", "{\"customer\": \"str\"}");
    script(
        jobs,
        "ml/resize_images",
        "Makes pictures small enough to learn from",
        "{\"width\": \"int, 16 to 4096\"}");
  }

  private static void script(Path jobs, String path, String description, String arguments)
      throws IOException {
    Path file = jobs.resolve(path + ".py");
    Files.createDirectories(file.getParent());
    String name = path.substring(path.indexOf('/') + 1);
    Files.writeString(
        file,
        """
        from pulzarcore.core_jobs import CoreJobs


        class %s(CoreJobs):
            def execute(self):
                '''
                Description: %s
                Arguments: %s
                Author: Jane
                Timeout: 5m
                '''
                return True
        """
            .formatted(
                Character.toUpperCase(name.charAt(0)) + name.substring(1), description, arguments));
  }

  private static void alarms(TestServer server, TestReceiver receiver) {
    String alarms = "/admin/alarms/";
    server.send(
        "PUT",
        server.master(alarms + "receivers/on-call"),
        "{\"webhook\": \"%s\"}".formatted(receiver.url("/hooks/pulzar")));
    server.send(
        "PUT",
        server.master(alarms + "receivers/finance"),
        "{\"webhook\": \"%s\"}".formatted(receiver.url("/hooks/books")));
    server.send(
        "PUT",
        server.master(alarms + "rules/scans"),
        "{\"scripts\": \"scan/**\", \"on\": [\"failure\", \"recovery\"], \"to\": [\"on-call\"]}");
    server.send(
        "PUT",
        server.master(alarms + "rules/books"),
        "{\"scripts\": \"finance/**\", \"late\": \"26h\", \"waiting\": \"30m\", \"to\": [\"finance\"]}");
  }

  /** Some runs, schedules and values; the answer is the run to look at. */
  private static String fill(TestServer server) {
    schedule(
        server,
        "finance/close_day",
        "{\"cron\": \"0 18 * * MON-FRI\", \"timezone\": \"Europe/Madrid\"}");
    schedule(server, "reports/nightly", "{\"cron\": \"30 2 * * *\", \"timezone\": \"UTC\"}");
    schedule(
        server, "scan/archive", "{\"interval\": \"minutes\", \"time_unit\": 5, \"repeat\": 1}");
    for (String key :
        new String[] {"2026/november.csv", "2026/october.csv", "logo.png", "plan.json"}) {
      String node =
          server
              .send("GET", server.master("/get_node/reports/" + key), "")
              .body()
              .replaceAll(".*\"node\":\"([^\"]+)\".*", "$1");
      server.send("PUT", URI.create(node), "name,amount\nred,12\n".repeat(400));
    }
    for (String name : new String[] {"currency/eur", "currency/usd", "release"}) {
      server.send("PUT", server.master("/nodes/values/" + name), "1.0872");
    }
    for (String name : new String[] {"WAREHOUSE_PASSWORD", "MAIL_TOKEN"}) {
      server.send("PUT", server.master("/admin/secrets/" + name + "?folder=finance"), "not shown");
    }
    launch(server, "reports/nightly", "{}");
    launch(server, "finance/import", "{\"customer\": \"c17\"}");
    launch(server, "ml/resize_images", "{\"width\": 640}");
    String run =
        launch(server, "scan/inbox", "{\"folder\": \"inbox/2026-11-27\", \"language\": \"eng\"}");
    Await.until(
        "the run has failed",
        () ->
            server
                .send("GET", server.master("/admin/jobs/" + run + "?log=false"), "")
                .body()
                .contains("KeyError"));
    return run;
  }

  private static String launch(TestServer server, String script, String body) {
    return server
        .send("POST", server.master("/launch_job/" + script), body)
        .body()
        .replaceAll(".*\"job_id\":(\\d+).*", "$1");
  }

  private static void schedule(TestServer server, String script, String scheduled) {
    launch(server, script, "{\"scheduled\": " + scheduled + "}");
  }
}
