package io.pulzar.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pulzar.Await;
import io.pulzar.TestServer;
import io.pulzar.jobs.ScriptedPython;
import io.pulzar.polyglot.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/**
 * Every page and every action in a real browser, against a real server with played workers. Skipped
 * where Chromium and its driver are not installed.
 */
@Tag("slow")
final class PageInBrowserIT {

  /** Runs when it becomes markup; harmless as text. */
  private static final String HOSTILE =
      "<script>document.title='OWNED'</script><img src=x onerror=\"document.title='OWNED'\">";

  private static final ScriptedPython PYTHON = new ScriptedPython(2);

  @TempDir private static Path directory;
  @TempDir private static Path profile;
  private static TestServer server;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(Browser.isInstalled(), "chromium and chromium-driver are not installed");
    Path jobs = directory.resolve("jobs");
    script(jobs, "demo/count", "Counts what it is told to", "{\"number\": \"int, 1 to 5\"}");
    script(jobs, "demo/waits", "Waits until it is canceled", "{}");
    script(jobs, "demo/fails", "Fails", "");
    script(jobs, "demo/evil", HOSTILE, "{\"" + HOSTILE.replace("\"", "'") + "\": \"str\"}");
    script(jobs, "other/quiet", "Says nothing", "{}");
    play();
    server =
        TestServer.in(directory)
            .python(() -> PYTHON)
            .set("pulzar.jobs.dir", jobs.toString())
            .set("pulzar.server.grace", "100ms")
            .set("pulzar.node.name", "here")
            .start();
    Await.until(
        "the node is online",
        () -> server.send("GET", server.master("/admin/network"), "").body().contains("slots"));
    browser = Browser.open(server.master("/"), profile);
    browser.size(1440, 900);
  }

  private static void play() {
    PYTHON.on(
        "demo/count",
        (call, listener, canceled) -> {
          listener.log("1 of 2\r2 of 2\n\u001b[31mred words\u001b[0m\nlast line\n");
          listener.output("counted");
          return ScriptedPython.OK;
        });
    PYTHON.on(
        "demo/waits",
        (call, listener, canceled) -> {
          listener.log("it waits\n");
          canceled.toCompletableFuture().join();
          return new Outcome.Canceled();
        });
    PYTHON.on(
        "demo/fails",
        (call, listener, canceled) ->
            new Outcome.Raised("ValueError", "on purpose", "demo/fails.py:2 in execute"));
    PYTHON.on(
        "demo/evil",
        (call, listener, canceled) -> {
          listener.log(HOSTILE + "\n");
          listener.output(HOSTILE);
          return new Outcome.Raised("ValueError", HOSTILE, HOSTILE);
        });
  }

  private static void script(Path jobs, String path, String description, String arguments)
      throws IOException {
    Path file = jobs.resolve(path + ".py");
    Files.createDirectories(file.getParent());
    String name = path.substring(path.indexOf('/') + 1);
    Files.writeString(
        file,
        """
        class %s:
            def execute(self):
                '''
                Description: %s
                Arguments: %s
                Author: Jane
                '''
        """
            .formatted(
                Character.toUpperCase(name.charAt(0)) + name.substring(1), description, arguments));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
  }

  /** What one test left open is not in the way of the next. */
  @BeforeEach
  void nothingIsOpen() {
    browser.leave();
  }

  /** Also proves that no test needed what the Content-Security-Policy refuses. */
  @AfterEach
  void nothingWasRefusedAndNothingTookOver() {
    assertThat(browser.complaints())
        .noneMatch(text -> text.contains("Content Security Policy") || text.contains("Uncaught"));
    assertThat(browser.run("return document.title")).isNotEqualTo("OWNED");
    assertThat(browser.run("return document.querySelectorAll('img[src=x]').length")).isEqualTo(0L);
  }

  @Test
  void theOverviewShowsWhatRanAndWhatIsNext() {
    launch("demo/fails", "{}");
    browser.go("#/");
    browser.see("Runs, last 24 hours", "Latest runs", "demo/fails", "ValueError: on purpose");
    browser.see("Latest failures", "Nodes", "0 of 2");
    Await.until(
        "the plot is drawn",
        () ->
            Long.valueOf(1)
                .equals(browser.run("return document.querySelectorAll('.uplot canvas').length")));
  }

  @Test
  void scriptsAreATreeThatIsSearched() {
    browser.go("#/scripts");
    browser.see("count", "quiet", "Counts what it is told to", "5 scripts");
    browser.write("Search scripts", "quiet");
    browser.see("1 script");
    browser.seeNot("Counts what it is told to");
    browser.press("other/quiet");
    browser.see("Launch and watch", "It takes no parameters.", "It has not run yet.");
    browser.press("Source");
    browser.see("class Quiet:");
  }

  @Test
  void aFormIsCheckedBeforeItLaunches() {
    browser.go("#/scripts/demo/count");
    browser.press("Launch and watch");
    browser.see("number is needed");
    browser.write("number", "7");
    browser.press("Launch and watch");
    browser.see("from 1 to 5");
    browser.write("number", "3");
    browser.press("Launch and watch");
    browser.see("completed", "2 of 2", "red words", "last line", "\"number\": 3");
    browser.seeNot("1 of 2");
    assertThat(browser.place()).startsWith("#/runs/");
    assertThat(browser.run("return document.querySelector('.log .c1').textContent"))
        .isEqualTo("red words");
    browser.press("Output");
    browser.see("counted");
  }

  @Test
  void aScriptIsWrittenTestedSavedChangedAndDeleted() {
    PYTHON.on(
        "mine/fresh",
        (call, listener, canceled) -> {
          listener.log("the draft ran\n");
          return new Outcome.Completed("{\"ok\":true,\"result\":{\"seen\":7}}");
        });
    browser.go("#/scripts");
    browser.press("New script");
    browser.write("Name", "bad name");
    browser.press("Write it");
    browser.see("Folders and a name like");
    browser.write("Name", "mine/fresh");
    browser.press("Write it");
    browser.see("new, not saved yet");
    browser.press("Run the draft");
    browser.see("completed", "the draft ran", "\"seen\": 7");
    browser.press("Save");
    browser.see("saved as version 1");
    browser.write("Source", "def main():\nreturn 'changed'\n");
    browser.see("not saved");
    browser.press("What changed");
    browser.see("return 'changed'", "−", "+");
    browser.press("Back");
    browser.press("Save");
    browser.see("saved as version 2");
    browser.press("Look at version 1");
    browser.see("From version 1 to what is in the editor");
    browser.press("Take version 1 into the editor");
    browser.see("not saved");
    browser.press("Save");
    browser.see("saved as version 3");
    browser.press("Delete");
    browser.press("Delete the file");
    browser.see("Jobs", "Extensions");
    browser.seeNot("fresh");
  }

  @Test
  void whatSomebodyElseChangedMeanwhileIsNotWrittenOver() throws IOException {
    Path file = directory.resolve("jobs").resolve("other").resolve("shared.py");
    Files.writeString(file, "def main():\n    return 1\n");
    browser.go("#/edit/jobs/other/shared");
    browser.see("return 1");
    Files.writeString(file, "def main():\n    return 2\n");
    browser.write("Source", "def main():\nreturn 3\n");
    browser.press("Save");
    browser.see("Somebody else changed the file meanwhile");
    assertThat(file).hasContent("def main():\n    return 2\n");
    browser.press("Throw mine away and load theirs");
    browser.see("return 2");
    Files.delete(file);
  }

  @Test
  void anExtensionIsCalledFromThePage() throws IOException {
    Files.createDirectories(directory.resolve("extensions"));
    Files.writeString(
        directory.resolve("extensions").resolve("echo.py"),
        "# " + HOSTILE + "\nclass Echo: pass\n");
    PYTHON.on(
        "echo",
        (call, listener, canceled) ->
            new Outcome.Completed("{\"data\":{\"said\":\"it was called\"}}"));
    browser.go("#/scripts?kind=extensions");
    browser.see("/extension/echo", "1 extension");
    browser.press("echo");
    browser.see("Try it", "class Echo");
    browser.write("What follows its name", "/1/2?lang=en");
    browser.see("/extension/echo/1/2?lang=en'");
    browser.press("Call it");
    browser.see("200", "it was called");
  }

  @Test
  void recordsAreWrittenReadChangedAndDeleted() {
    browser.go("#/records?tab=shared");
    browser.see("There is no shared value yet");
    browser.press("A new shared value");
    browser.write("Name", "greeting");
    browser.write("Value", "hello " + HOSTILE);
    browser.press("Write it");
    browser.see("greeting was written");
    browser.press("greeting");
    browser.write("Value", "good bye");
    browser.press("Write it");
    Await.until(
        "it is changed",
        () ->
            server
                .send("GET", server.master("/nodes/values/greeting"), "")
                .body()
                .equals("good bye"));
    browser.press("greeting");
    browser.press("Delete it");
    browser.see("greeting was deleted", "There is no shared value yet");
    browser.press("Texts");
    browser.press("A new text");
    browser.write("Name", "letter");
    browser.write("Value", "dear reader");
    browser.press("Write it");
    browser.see("letter was written");
    browser.press("letter");
    browser.see("check sum");
    browser.press("Back");
    browser.press("Replication");
    browser.see("1 text", "current");
    browser.press("Verify");
    browser.see("the hashes fit the records");
  }

  @Test
  void theDoctorIsAskedAndABackupOffered() {
    browser.go("#/settings?tab=doctor");
    browser.see("Java", "storage", "good");
    browser.press("Backup");
    browser.see("Download a backup");
    assertThat(server.send("GET", server.master("/admin/backup"), "").headers())
        .satisfies(
            headers ->
                assertThat(headers.firstValue("Content-Disposition").orElseThrow())
                    .contains("pulzar-", ".zip"));
  }

  @Test
  void aLaunchIsCopiedAsCode() {
    browser.go("#/scripts/demo/count");
    browser.write("number", "4");
    browser.press("As curl or Python");
    browser.see("curl -X POST -d '{\"number\":4}'", "json={'number': 4}");
    browser.press("Close");
    browser.press("JSON");
    browser.see("Parameters, a JSON object");
    assertThat(String.valueOf(browser.run("return document.querySelector('textarea').value")))
        .contains("\"number\": 4");
  }

  @Test
  void aRunIsWatchedAndCanceled() {
    long run = launch("demo/waits", "{}");
    browser.go("#/runs/" + run);
    browser.see("running", "it waits");
    browser.press("Cancel");
    browser.see("Cancel run " + run + "?");
    browser.press("Cancel the run");
    browser.see("canceled");
  }

  @Test
  void aRunIsRerunWithAndWithoutChanges() {
    long run = launch("demo/count", "{\"number\": 1}");
    browser.go("#/runs/" + run);
    browser.see("completed");
    browser.press("Rerun");
    browser.see("Started run");
    browser.go("#/runs/" + run);
    browser.press("Rerun with changes");
    browser.write("number", "5");
    browser.press("Launch and watch");
    browser.see("\"number\": 5", "completed");
  }

  @Test
  void aLogIsSearchedAndWrapped() {
    long run = launch("demo/count", "{\"number\": 1}");
    browser.go("#/runs/" + run);
    browser.see("last line");
    browser.write("Search the log", "LAST");
    browser.see("1 of 1");
    assertThat(browser.run("return document.querySelector('.log mark').textContent"))
        .isEqualTo("last");
    browser.press("wrap");
    browser.see("last line");
  }

  @Test
  void anErrorIsShownOnItsSource() {
    long run = launch("demo/fails", "{}");
    browser.go("#/runs/" + run + "?tab=source");
    browser.see("ValueError: on purpose", "def execute(self):");
  }

  @Test
  void runsAreFilteredAndManyAreRerunAndCanceled() {
    long one = launch("demo/waits", "{\"many\": 1}");
    long other = launch("demo/fails", "{\"many\": 1}");
    browser.go("#/runs?script=demo%2Fwaits");
    browser.see("demo/waits");
    browser.seeNot("demo/fails");
    browser.go("#/runs");
    browser.see("demo/fails");
    browser.tick("Choose run " + one);
    browser.tick("Choose run " + other);
    browser.see("2 runs chosen");
    browser.press("Cancel");
    browser.see("2 of 2 done, 1 refused", "Job canceled with id " + one, "failed");
    browser.press("Close");
    browser.tick("Choose run " + other);
    browser.press("Rerun");
    browser.see("1 of 1 done", "started as run");
    browser.press("Close");
    browser.choose("State", "canceled");
    browser.see("demo/waits");
    browser.write("Search number, script, parameters, error", "nothing is like this");
    browser.see("No run is like that");
  }

  @Test
  void aScheduleIsMadePausedRunAndCanceled() {
    browser.go("#/scripts/demo/count");
    browser.write("number", "2");
    browser.press("Schedule");
    browser.press("Cron");
    browser.see("at 09:00, Monday to Friday", "next, in your time");
    browser.write("Minute, hour, day of the month, month, day of the week", "61 * * * *");
    browser.see("is not understood");
    browser.write("Minute, hour, day of the month, month, day of the week", "*/5 * * * *");
    browser.see("every 5 minutes");
    browser.press("Make the schedule");
    browser.see("Plan", "every 5 minutes", "It has not run yet.");
    browser.press("Pause");
    browser.see("paused");
    browser.press("Resume");
    browser.see("active");
    browser.press("Run now");
    browser.see("completed");
    browser.press("Cancel");
    browser.press("Cancel the schedule");
    browser.see("canceled");
    browser.go("#/schedules");
    browser.see("demo/count");
  }

  @Test
  void valuesAreStoredLookedIntoAndDeleted() throws IOException {
    Path file = Files.writeString(directory.resolve("table.csv"), "name,size\nred,1\n\"a,b\",2\n");
    browser.go("#/keys?prefix=%2Freports%2F");
    browser.upload("Files to store", file);
    browser.see("stored", "table.csv");
    browser.press("table.csv");
    browser.see("name", "size", "a,b", "CRC-32C");
    browser.press("Close");
    browser.go("#/keys");
    browser.see("reports/", "1 key");
    browser.go("#/keys?text=able&first=2026-01-01");
    browser.see("/reports/table.csv");
    browser.go("#/keys?text=able&last=2026-01-01");
    browser.see("No key is like this");
    browser.go("#/keys");
    browser.press("reports/");
    browser.press("Delete");
    browser.press("Delete it");
    browser.see("was deleted");
  }

  @Test
  void aNodeIsDrainedAndTakesWorkAgain() {
    browser.go("#/nodes");
    browser.see("online", "0 of 2");
    browser.press("Drain");
    browser.see("draining");
    browser.press("Resume");
    browser.see("online");
  }

  @Test
  void aNodeShowsWhatItsWorkersRun() {
    long run = launch("demo/waits", "{}");
    browser.go("#/nodes");
    browser.press("here");
    browser.see("busy", "demo/waits", "idle", "GraalPy", "96 MB");
    browser.press("demo/waits");
    browser.see("it waits");
    assertThat(browser.place()).isEqualTo("#/runs/" + run);
    browser.press("Cancel");
    browser.press("Cancel the run");
    browser.see("canceled");
    browser.go("#/nodes/here");
    browser.seeNot("demo/waits");
    browser.press("All its runs");
    browser.see("demo/waits");
    assertThat(browser.place()).contains("node=here");
  }

  @Test
  void settingsTellWhereTheyComeFrom() {
    browser.go("#/settings");
    browser.see("pulzar.server.grace", "100ms", "the command line", "not set");
    browser.write("Search settings", "pulzar.server.grace");
    browser.see("1 setting;");
    browser.press("Health");
    browser.see("Part");
  }

  @Test
  void keysLeadEverywhere() {
    browser.go("#/");
    browser.see("Overview");
    browser.type("?");
    browser.see("go anywhere, start any script");
    browser.type(Keys.ESCAPE);
    browser.type("gr");
    Await.until("g and r lead to the runs", () -> browser.place().equals("#/runs"));
    browser.type(Keys.chord(Keys.CONTROL, "k"));
    browser.type("count", Keys.ENTER);
    Await.until(
        "the palette leads to the script", () -> browser.place().equals("#/scripts/demo/count"));
  }

  @Test
  void whoTypesANameBeforeTheScriptsAreThereGetsToTheScript() {
    browser.go("#/settings");
    browser.see("pulzar.server.grace");
    browser.latency(Duration.ofMillis(300));
    try {
      browser.type(Keys.chord(Keys.CONTROL, "k"));
      browser.type("count", Keys.ENTER);
      browser.see("Looking for it");
      Await.until(
          "the palette leads to the script", () -> browser.place().equals("#/scripts/demo/count"));
    } finally {
      browser.latency(Duration.ZERO);
    }
  }

  @Test
  void aNarrowScreenHasTheSamePagesAndNoScrollingAside() {
    browser.size(375, 800);
    try {
      for (String place :
          new String[] {
            "", "scripts", "scripts/demo/count", "runs", "schedules", "keys", "nodes"
          }) {
        browser.go("#/" + place);
        browser.see("☰");
        Await.until(
            place + " fits",
            () ->
                Boolean.TRUE.equals(
                    browser.run(
                        "return document.documentElement.scrollWidth <= 375"
                            + " && document.querySelectorAll('.wait').length == 0")));
      }
      browser.press("Menu");
      browser.press("Settings");
      browser.see("pulzar.server.port");
    } finally {
      browser.size(1440, 900);
    }
  }

  @Test
  void theManualIsALinkAwayAndFitsANarrowScreen() {
    browser.go("#/");
    browser.press("HTTP API");
    browser.see("PUT /add_key/{key}", "deleted after so long");
    assertThat(browser.run("return document.scripts.length")).isEqualTo(0L);
    browser.size(375, 800);
    try {
      Await.until(
          "it fits",
          () ->
              Boolean.TRUE.equals(
                  browser.run("return document.documentElement.scrollWidth <= 375")));
    } finally {
      browser.size(1440, 900);
    }
  }

  @Test
  void textOfScriptsAndUsersIsNeverMarkup() {
    long run = launch("demo/evil", "{\"x\": \"%s\"}".formatted(HOSTILE.replace("\"", "'")));
    for (String place :
        new String[] {
          "",
          "scripts",
          "scripts/demo/evil",
          "scripts/demo/evil?tab=source",
          "runs",
          "runs/" + run,
          "runs/" + run + "?tab=output",
          "runs/" + run + "?tab=source"
        }) {
      browser.go("#/" + place);
      browser.see("<script>document.title");
      nothingWasRefusedAndNothingTookOver();
    }
    browser.go("#/runs/" + run);
    browser.write("Search the log", "<script>");
    browser.see("1 of ");
    browser.go("#/" + "%3Cimg%20src%3Dx%20onerror%3D1%3E");
    browser.see("There is no such page", "<img src=x");
    browser.go("#/runs/%3Cimg%20src=x%3E");
    browser.see("<img src=x>");
  }

  @Test
  void hostileValuesAreTextOrPicturesOnly() {
    server.send(
        "PUT",
        URI.create(
            server
                .send("GET", server.master("/get_node/evil/page.html"), "")
                .body()
                .replaceAll(".*\"node\":\"([^\"]+)\".*", "$1")),
        HOSTILE);
    browser.go("#/keys?prefix=%2Fevil%2F");
    browser.press("page.html");
    browser.see("<script>document.title");
  }

  @Test
  void aRunThatIsNotThereIsSaid() {
    browser.go("#/runs/999999");
    browser.see("999999", "Try again");
  }

  private static long launch(String script, String parameters) {
    HttpResponse<String> answer =
        server.send("POST", server.master("/launch_job/" + script), parameters);
    Matcher id = Pattern.compile("\"job_id\":(\\d+)").matcher(answer.body());
    assertThat(id.find()).as(answer.body()).isTrue();
    return Long.parseLong(id.group(1));
  }
}
