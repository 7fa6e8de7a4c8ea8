package io.pulzar;

import io.pulzar.access.FirstAdministrator;
import io.pulzar.cli.Arguments;
import io.pulzar.cli.Command;
import io.pulzar.cli.UsageException;
import io.pulzar.http.BrowserRules;
import io.pulzar.logs.Logs;
import io.pulzar.python.WorkerSettings;
import io.pulzar.roles.Role;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Setting;
import io.pulzar.settings.Settings;
import io.pulzar.settings.SettingsReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code pulzar start}: serves in the foreground until it is told to stop. */
final class StartCommand implements Command {

  private static final Logger LOG = LoggerFactory.getLogger("pulzar");
  private static final String SET = "--set";

  /** Every option is a short name of a setting. */
  private static final Map<String, Setting<?>> OPTIONS =
      Map.ofEntries(
          Map.entry("--role", ServerSettings.ROLE),
          Map.entry("--home", ServerSettings.HOME),
          Map.entry("--host", ServerSettings.HOST),
          Map.entry("--hostname", ServerSettings.HOSTNAME),
          Map.entry("--port", ServerSettings.PORT),
          Map.entry("--node-port", ServerSettings.NODE_PORT),
          Map.entry("--master", ServerSettings.MASTER_URL),
          Map.entry("--jobs", ServerSettings.JOBS_DIR),
          Map.entry("--extensions", ServerSettings.EXTENSIONS_DIR),
          Map.entry("--third-party", ServerSettings.THIRD_PARTY_DIR),
          Map.entry("--config", ServerSettings.CONFIG));

  private final PrintStream out;

  StartCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String synopsis() {
    return "[--role all|master|node] [--home DIR] [--host ADDR] [--port 31414] [--node-port 31415]"
        + "\n      [--master URL] [--hostname NAME] [--jobs DIR] [--extensions DIR]"
        + " [--third-party DIR] [--config FILE] [--set name=value]...";
  }

  @Override
  public String summary() {
    return "serves until it is told to stop";
  }

  @Override
  public int run(List<String> arguments) {
    SettingsReader.Result read =
        new SettingsReader(EverySetting.LIST, Path.of(""))
            .read(SettingsReader.jvmProperties(), System.getenv(), typed(arguments));
    Settings settings = read.settings();
    Logs.begin(settings);
    read.warnings().forEach(LOG::warn);
    BrowserRules.remark(settings).ifPresent(LOG::warn);
    LOG.info("settings: {}", settings.describe());
    LastWatch.overEveryThread();
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    try (Server server =
        Server.start(settings, Clock.systemUTC(), () -> WorkerSettings.open(settings))) {
      stopOnSignal(stop, stopped);
      if (server.awaitReady(stop)) {
        LOG.info("ready: {}", server.describe());
        tellHowToSignIn(server);
        new LastWatch(server::loss).until(stop);
      }
      LOG.info("stopping");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    LOG.info("stopped");
    stopped.countDown();
    return 0;
  }

  /**
   * Printed and not logged: logs are kept and shipped, and these let somebody in.
   *
   * @param server whose master may ask who one is
   */
  private void tellHowToSignIn(Server server) {
    server
        .context(Role.MASTER)
        .flatMap(context -> context.findBean(FirstAdministrator.class))
        .ifPresent(
            first -> {
              first
                  .token()
                  .ifPresent(
                      token ->
                          out.println(
                              "The administrator's token, shown this once (export PULZAR_TOKEN=...): "
                                  + token));
              out.println(
                  "Sign in within 15 minutes: "
                      + server.masterUrl().orElseThrow()
                      + first.signInPath());
            });
  }

  /** Settings by name, from options and from {@code --set}; the later wins. */
  static Map<String, String> typed(List<String> arguments) {
    Set<String> names = new TreeSet<>(OPTIONS.keySet());
    names.add(SET);
    Arguments parsed = Arguments.parse(arguments, names, Set.of());
    if (!parsed.words().isEmpty()) {
      throw new UsageException(
          "'" + parsed.words().getFirst() + "' is not an option; options start with --");
    }
    Map<String, String> typed = new LinkedHashMap<>();
    OPTIONS.forEach(
        (option, setting) ->
            parsed.value(option).ifPresent(value -> typed.put(setting.name(), value)));
    for (String assignment : parsed.all(SET)) {
      int equals = assignment.indexOf('=');
      if (equals < 1) {
        throw new UsageException(SET + " needs name=value, got '" + assignment + "'");
      }
      typed.put(assignment.substring(0, equals), assignment.substring(equals + 1));
    }
    return typed;
  }

  /**
   * A signal that ends the JVM stops the server instead, and then ends the JVM with status 0: the
   * stop was asked for and went well.
   *
   * @param stop is counted down by the signal
   * @param stopped is waited for, then the JVM ends
   */
  private static void stopOnSignal(CountDownLatch stop, CountDownLatch stopped) {
    Thread hook =
        new Thread(
            () -> {
              stop.countDown();
              try {
                stopped.await();
                Runtime.getRuntime().halt(0);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "stop-on-signal");
    Runtime.getRuntime().addShutdownHook(hook);
  }
}
