package io.pulzar;

import io.pulzar.polyglot.LeftBehind;
import io.pulzar.python.WorkerSettings;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import io.pulzar.settings.SettingsReader;
import io.pulzar.settings.TlsSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/**
 * {@code pulzar demo}: a server of its own in a temporary home, shown by its answers, and gone
 * again.
 */
@Command(
    name = "demo",
    description = "Starts a server for a moment, and shows what it answers to a few requests.")
final class DemoCommand implements Callable<Integer> {

  private final PrintStream out;

  DemoCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    try {
      Path home = Files.createTempDirectory("pulzar-demo-");
      try {
        return show(home);
      } finally {
        LeftBehind.remove(home);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int show(Path home) {
    Settings settings =
        new SettingsReader(EverySetting.LIST, Path.of(""))
            .read(SettingsReader.jvmProperties(), System.getenv(), own(home))
            .settings();
    long started = System.nanoTime();
    try (Server server =
            Server.start(settings, Clock.systemUTC(), () -> WorkerSettings.open(settings));
        Demonstration demonstration = new Demonstration(out)) {
      server.awaitReady(new CountDownLatch(1));
      Duration took = Duration.ofNanos(System.nanoTime() - started);
      demonstration.say(
          "A server of its own, ready after " + took.toMillis() + " ms: " + server.describe());
      tour(demonstration, server.masterUrl().orElseThrow());
      demonstration.say("That was it. Start yours with: ./pulzar start");
      return demonstration.succeeded() ? 0 : 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private static void tour(Demonstration demonstration, URI master) {
    demonstration.say("Run a Python script as a job, and wait for its result");
    demonstration.post(master.resolve("/launch_job/example/factorial?wait=30s"), "{\"number\": 5}");
    demonstration.say("Or launch it, and look at it later");
    demonstration.post(master.resolve("/launch_job/example/fibonacci"), "{\"number\": 10}");
    demonstration.get(master.resolve("/admin/jobs/2"));
    demonstration.say("Which scripts are there?");
    demonstration.get(master.resolve("/admin/job_catalog"));
    demonstration.say("Store a value, read it, run a script on it");
    demonstration.put(master.resolve("/add_key/demo/haiku.txt"), "an old silent pond");
    demonstration.get(master.resolve("/get_key/demo/haiku.txt"));
    demonstration.say("Call a Python class as a URL");
    demonstration.get(master.resolve("/extension/example/a/b?x=1"));
    demonstration.say("See the nodes");
    demonstration.get(master.resolve("/admin/network"));
    demonstration.say("Do the same from the command line");
    demonstration.type("launch", "example/factorial", "number=5", "--wait", "--server=" + master);
    demonstration.type("jobs", "--server=" + master);
  }

  private static Map<String, String> own(Path home) {
    return Map.of(
        ServerSettings.HOME.name(), home.toString(),
        ServerSettings.ROLE.name(), "all",
        ServerSettings.HOST.name(), "127.0.0.1",
        TlsSettings.CERTIFICATE.name(), "",
        ServerSettings.PORT.name(), "0",
        ServerSettings.NODE_PORT.name(), "0",
        ServerSettings.VOLUME_DIR.name(), home.resolve("node").toString());
  }
}
