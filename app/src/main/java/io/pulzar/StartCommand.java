package io.pulzar;

import io.pulzar.access.FirstAdministrator;
import io.pulzar.cli.Choices;
import io.pulzar.cli.ChosenSettings;
import io.pulzar.http.BrowserRules;
import io.pulzar.logs.Logs;
import io.pulzar.python.WorkerSettings;
import io.pulzar.roles.Role;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import io.pulzar.settings.SettingsReader;
import io.pulzar.storage.StorageSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pulzar start}: serves in the foreground until it is told to stop. */
@Command(name = "start", description = "Serves until it is told to stop.")
final class StartCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger("pulzar");

  @Mixin private ChosenSettings chosen = new ChosenSettings();

  @Option(
      names = "--role",
      paramLabel = "all|master|node",
      completionCandidates = RoleNames.class,
      description = "what it is: the master, a node, or both in one process")
  private Optional<String> role = Optional.empty();

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "where it listens; 0.0.0.0 for other machines too")
  private Optional<String> host = Optional.empty();

  @Option(
      names = "--hostname",
      paramLabel = "NAME",
      description = "how other machines call this one")
  private Optional<String> hostname = Optional.empty();

  @Option(names = "--port", paramLabel = "31414", description = "the master's port")
  private Optional<String> port = Optional.empty();

  @Option(names = "--node-port", paramLabel = "31415", description = "the node's port")
  private Optional<String> nodePort = Optional.empty();

  @Option(
      names = "--master",
      paramLabel = "URL[,URL]",
      description = "the master of a node, or all of several")
  private Optional<String> master = Optional.empty();

  @Option(names = "--jobs", paramLabel = "DIR", description = "the scripts of jobs")
  private Optional<String> jobs = Optional.empty();

  @Option(names = "--extensions", paramLabel = "DIR", description = "the extensions")
  private Optional<String> extensions = Optional.empty();

  @Option(
      names = "--third-party",
      paramLabel = "DIR",
      description = "modules with a function execute(arguments)")
  private Optional<String> thirdParty = Optional.empty();

  private final PrintStream out;

  StartCommand(PrintStream out) {
    this.out = out;
  }

  /** For completion. */
  static final class RoleNames extends Choices {
    RoleNames() {
      super("all", "master", "node");
    }
  }

  @Override
  public Integer call() {
    SettingsReader.Result read =
        new SettingsReader(EverySetting.LIST, Path.of(""))
            .read(SettingsReader.jvmProperties(), System.getenv(), typed());
    Settings settings = read.settings();
    Logs.begin(settings);
    read.warnings().forEach(LOG::warn);
    BrowserRules.remark(settings).ifPresent(LOG::warn);
    LOG.info("settings: {}", settings.describe());
    LastWatch.overEveryThread();
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Thread hook = stopOnSignal(stop, stopped);
    try {
      serve(settings, stop, hook);
      LOG.info("stopped");
    } finally {
      stopped.countDown();
    }
    return 0;
  }

  private void serve(Settings settings, CountDownLatch stop, Thread hook) {
    boolean mayStandBy = StorageSettings.isRemote(settings);
    if (mayStandBy) {
      Runtime.getRuntime().addShutdownHook(hook);
    }
    try (Server server = start(settings, stop, mayStandBy ? Optional.of(hook) : Optional.empty())) {
      if (!mayStandBy) {
        Runtime.getRuntime().addShutdownHook(hook);
      }
      if (server.awaitReady(stop)) {
        LOG.info("ready: {}", server.describe());
        tellHowToSignIn(server);
        new LastWatch(server::loss).until(stop);
      }
      LOG.info("stopping");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * One that can't be started ends with the status of its failure, and not as one that was stopped.
   */
  private static Server start(Settings settings, CountDownLatch stop, Optional<Thread> hook) {
    try {
      return Server.start(settings, Clock.systemUTC(), () -> WorkerSettings.open(settings), stop);
    } catch (RuntimeException | Error failure) {
      if (stop.getCount() > 0) {
        hook.ifPresent(Runtime.getRuntime()::removeShutdownHook);
      }
      throw failure;
    }
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

  /** Settings by name; what {@code --set} says wins. */
  private Map<String, String> typed() {
    Map<String, String> typed = new LinkedHashMap<>();
    ChosenSettings.put(typed, ServerSettings.ROLE, role);
    ChosenSettings.put(typed, ServerSettings.HOST, host);
    ChosenSettings.put(typed, ServerSettings.HOSTNAME, hostname);
    ChosenSettings.put(typed, ServerSettings.PORT, port);
    ChosenSettings.put(typed, ServerSettings.NODE_PORT, nodePort);
    ChosenSettings.put(typed, ServerSettings.MASTER_URL, master);
    ChosenSettings.put(typed, ServerSettings.JOBS_DIR, jobs);
    ChosenSettings.put(typed, ServerSettings.EXTENSIONS_DIR, extensions);
    ChosenSettings.put(typed, ServerSettings.THIRD_PARTY_DIR, thirdParty);
    typed.putAll(chosen.typed());
    return typed;
  }

  /**
   * A signal that ends the JVM stops the server instead, and then ends the JVM with status 0: the
   * stop was asked for and went well.
   *
   * @param stop is counted down by the signal
   * @param stopped is waited for, then the JVM ends
   */
  private static Thread stopOnSignal(CountDownLatch stop, CountDownLatch stopped) {
    return new Thread(
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
  }
}
