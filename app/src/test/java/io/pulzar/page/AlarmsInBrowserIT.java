package io.pulzar.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pulzar.TestServer;
import io.pulzar.alarms.TestReceiver;
import io.pulzar.jobs.ScriptedPython;
import io.pulzar.polyglot.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of alarms in a real browser, with a real receiver. */
@Tag("slow")
final class AlarmsInBrowserIT {

  @TempDir private Path directory;
  @TempDir private Path profile;

  @Test
  void aReceiverIsAddedTriedAndToldByARule() throws IOException {
    assumeTrue(Browser.isInstalled(), "chromium and chromium-driver are not installed");
    Path jobs = Files.createDirectories(directory.resolve("jobs/finance"));
    Files.writeString(
        jobs.resolve("report.py"), "def execute(a):\n    '''\n    Notify: night-shift\n    '''\n");
    ScriptedPython python = new ScriptedPython(1);
    python.on(
        "finance/report",
        (call, log, canceled) -> new Outcome.Raised("ValueError", "no money", ""));
    try (TestReceiver receiver = new TestReceiver();
        TestServer server =
            TestServer.in(directory)
                .set("pulzar.jobs.dir", directory.resolve("jobs").toString())
                .python(() -> python)
                .start();
        Browser browser = Browser.open(server.master("/"), profile)) {
      browser.size(1440, 900);
      browser.go("#/alarms");
      browser.see("There are no receivers yet");
      browser.press("Add a receiver");
      browser.write("Name", "ops");
      browser.write("URL", "ftp://not.example/");
      browser.press("Add");
      browser.see("a webhook is a URL with http or https");
      browser.write("URL", receiver.url("/hooks/4711"));
      browser.press("Add");
      browser.see("The secret of ops", "whsec_");
      browser.press("I have it");
      browser.seeNot("whsec_");
      browser.see(receiver.url("/…"));
      assertThat(browser.text()).doesNotContain("4711");
      browser.press("Test");
      browser.see("taken, answered 204");
      browser.press("Rules");
      browser.press("Add a rule");
      browser.write("Name", "finance");
      browser.write("Scripts", "finance/**");
      browser.write("When a schedule has not succeeded for", "soon");
      browser.write("Receivers, with commas between", "ops");
      browser.press("Add");
      browser.see("'soon' is not a duration");
      browser.write("When a schedule has not succeeded for", "26h");
      browser.press("Add");
      browser.see("failure, recovery, late 26h");
      server.send("POST", server.master("/launch_job/finance/report"), "{}");
      receiver.awaitTaken("finance/report failed");
      browser.press("Notices");
      browser.see("finance/report failed", "sent", "answered 204");
      browser.go("#/scripts/finance/report");
      browser.see("says Notify: night-shift, and there is no receiver of that name");
      assertThat(browser.complaints()).noneMatch(line -> !line.contains("400"));
    }
  }
}
