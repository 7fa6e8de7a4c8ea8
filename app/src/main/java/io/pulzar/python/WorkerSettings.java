package io.pulzar.python;

import io.pulzar.polyglot.CpythonSettings;
import io.pulzar.polyglot.Python2Settings;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.polyglot.PythonRuntimes;
import io.pulzar.polyglot.RuntimeSettings;
import io.pulzar.polyglot.RuntimeSettings.Confinement;
import io.pulzar.polyglot.RuntimeSettings.Images;
import io.pulzar.polyglot.RuntimeSettings.Patience;
import io.pulzar.polyglot.RuntimeSettings.Places;
import io.pulzar.polyglot.RuntimeSettings.WallMode;
import io.pulzar.polyglot.RuntimeSettings.WorkerShape;
import io.pulzar.polyglot.RuntimeSettings.Workers;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.DurationText;
import io.pulzar.settings.FileReason;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Setting;
import io.pulzar.settings.Settings;
import io.pulzar.settings.SizeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The settings of the Python workers. */
public final class WorkerSettings {

  private static final Workers WORKERS = Workers.defaults();
  private static final WorkerShape SHAPE = WorkerShape.defaults();
  private static final Patience PATIENCE = Patience.defaults();
  private static final Confinement CONFINEMENT = Confinement.defaults();

  static final Setting<Path> IMAGE =
      Setting.path(
          "pulzar.workers.image",
          "polyglot-runtime/target/image",
          "Python and the Java that runs it, as the build makes them.");
  static final Setting<Path> LIBRARY =
      Setting.path(
          "pulzar.workers.library",
          "polyglot-runtime/target/image/python-lib",
          "What scripts import, with its byte code.");
  static final Setting<Integer> MAX =
      Setting.whole(
              "pulzar.workers.max",
              WORKERS.max(),
              1,
              1_000,
              "How many scripts may run at the same time, one in each worker process.")
          .defaultInWords("twice the processors, at least 4");
  static final Setting<Integer> WARM =
      Setting.whole(
              "pulzar.workers.warm",
              WORKERS.warm(),
              1,
              1_000,
              "How many workers are kept when there is nothing to do.")
          .defaultInWords("one per processor");
  static final Setting<Integer> QUEUE =
      Setting.whole(
          "pulzar.workers.queue",
          WORKERS.queue(),
          0,
          1_000_000,
          "How many calls may wait for a free worker.");
  static final Setting<Duration> RETIREMENT =
      Setting.duration(
          "pulzar.workers.idle-retirement",
          DurationText.format(WORKERS.idleRetirement()),
          "A worker above pulzar.workers.warm ends after so long without work.");
  static final Setting<Long> HEAP =
      Setting.size(
          "pulzar.workers.heap",
          SizeText.format(SHAPE.heapBytes()),
          "The memory of a worker; a script that asks for more gets a worker of that size.");
  static final Setting<Long> MAX_HEAP =
      Setting.size(
          "pulzar.workers.max-heap",
          SizeText.format(SHAPE.maxHeapBytes()),
          "The most memory that a script can ask for.");
  static final Setting<Integer> CONTEXTS =
      Setting.whole(
          "pulzar.workers.contexts",
          SHAPE.keptContexts(),
          1,
          10_000,
          "How many scripts a worker keeps ready.");
  static final Setting<Integer> SPARES =
      Setting.whole(
          "pulzar.workers.spares",
          SHAPE.spareContexts(),
          0,
          1_000,
          "How many Python contexts a worker builds ahead of need.");
  static final Setting<Integer> RUNS_PER_CONTEXT =
      Setting.whole(
          "pulzar.workers.runs-per-context",
          SHAPE.runsPerContext(),
          1,
          Integer.MAX_VALUE,
          "A script's context is replaced after so many runs, or before what it keeps fills the heap.");
  static final Setting<Integer> RUNS_PER_WORKER =
      Setting.whole(
          "pulzar.workers.runs-per-worker",
          SHAPE.runsPerWorker(),
          1,
          Integer.MAX_VALUE,
          "A worker process is replaced after so many runs.");
  static final Setting<Long> MAX_FILE =
      Setting.size(
          "pulzar.workers.max-file",
          SizeText.format(SHAPE.maxFileBytes()),
          "The largest file that a script can write.");
  static final Setting<Long> SCRATCH =
      Setting.size(
          "pulzar.workers.scratch",
          SizeText.format(SHAPE.scratchBytes()),
          "What a run may have in its own directory; each file counts 4KB at least.");
  static final Setting<Integer> NICENESS =
      Setting.whole(
          "pulzar.workers.niceness",
          SHAPE.niceness(),
          0,
          19,
          "How far the workers step back behind the server when processors are short.");
  static final Setting<Boolean> COMPILED =
      Setting.flag(
          "pulzar.workers.compiled",
          true,
          "Whether what scripts do often becomes machine code. Without it they are several times"
              + " slower when they compute, and a worker needs less memory and processor time: for"
              + " small machines whose scripts mostly wait.");
  static final Setting<Duration> START_TIMEOUT =
      Setting.duration(
          "pulzar.workers.start-timeout",
          DurationText.format(PATIENCE.start()),
          "A worker that shows no sign of life for so long is replaced.");
  static final Setting<Duration> GRACE =
      Setting.duration(
          "pulzar.workers.grace",
          DurationText.format(PATIENCE.grace()),
          "From a cancel or a limit until the worker of a script that goes on is killed. A script has half"
              + " of it for its `finally` and `atexit`.");
  static final Setting<Duration> SCALE_UP =
      Setting.duration(
          "pulzar.workers.scale-up",
          DurationText.format(PATIENCE.scaleUp()),
          "A call that waited so long makes the pool start another worker, except while one of less"
              + " than a minute's work has short runs: those are through sooner with one.");

  static final Setting<WallMode> WALL =
      Setting.choice(
          "pulzar.workers.wall",
          WallMode.AUTO,
          "Whether the kernel holds the workers beside the sandbox: as far as it can, as a condition"
              + " for any worker to start, or not at all.");
  static final Setting<Integer> OPEN_FILES =
      Setting.whole(
          "pulzar.workers.open-files",
          CONFINEMENT.openFiles(),
          256,
          1_000_000,
          "How many files and sockets a worker can have open.");

  static final Setting<Optional<Path>> CPYTHON_PROGRAM =
      Setting.optionalPath(
          "pulzar.cpython.program",
          "The Python 3.9 or newer that runs scripts with the line Runtime: cpython; by default that"
              + " of <home>/cpython/environment, or else python3 on the path.");
  static final Setting<Integer> CPYTHON_MAX =
      Setting.whole(
              "pulzar.cpython.max",
              WORKERS.max(),
              1,
              1_000,
              "How many scripts may run in CPython at the same time.")
          .defaultInWords("twice the processors, at least 4");
  static final Setting<String> CPYTHON_PRELOAD =
      Setting.text(
          "pulzar.cpython.preload",
          "",
          "Modules that CPython imports once and not in each run, separated by commas: numpy, pandas.");

  static final Setting<Integer> PYTHON2_MAX =
      Setting.whole(
          "pulzar.python2.max",
          2,
          1,
          1_000,
          "How many scripts of Python 2 may run at the same time.");
  static final Setting<Boolean> PYTHON2_UNCONFINED =
      Setting.flag(
          "pulzar.python2.unconfined",
          false,
          "Whether scripts of Python 2 run also where the kernel has no wall for them; they can do"
              + " there whatever the server's user can.");

  static final Setting<Optional<Path>> LANGUAGES =
      Setting.optionalPath(
          "pulzar.images.languages",
          "The folder with NAME.traineddata files of the languages, beside English, in which text"
              + " in images is recognized; by default <home>/languages.");
  static final Setting<Optional<Path>> DRIVERS =
      Setting.optionalPath(
          "pulzar.workers.drivers",
          "The folder with jars of JDBC drivers, for pyodbc to reach other databases than"
              + " PostgreSQL, SQL Server and SQLite; by default <home>/drivers.");
  static final Setting<Integer> PIXELS =
      Setting.whole(
          "pulzar.images.pixels",
          40_000_000,
          1,
          1_000_000_000,
          "The largest image that scripts can read or make, in pixels.");

  public static final List<Setting<?>> ALL =
      List.of(
          IMAGE,
          LIBRARY,
          MAX,
          WARM,
          QUEUE,
          RETIREMENT,
          HEAP,
          MAX_HEAP,
          CONTEXTS,
          SPARES,
          RUNS_PER_CONTEXT,
          RUNS_PER_WORKER,
          MAX_FILE,
          SCRATCH,
          NICENESS,
          COMPILED,
          START_TIMEOUT,
          GRACE,
          SCALE_UP,
          WALL,
          OPEN_FILES,
          CPYTHON_PROGRAM,
          CPYTHON_MAX,
          CPYTHON_PRELOAD,
          PYTHON2_MAX,
          PYTHON2_UNCONFINED,
          LANGUAGES,
          DRIVERS,
          PIXELS);

  private WorkerSettings() {}

  /**
   * Opens the runtime; its first workers start in the background.
   *
   * @throws BadSettingException when the settings contradict each other, or Python is not where
   *     they say
   */
  public static PythonRuntime open(Settings settings) {
    RuntimeSettings runtime = runtime(settings);
    createOwn(settings);
    CpythonSettings cpython = cpython(settings);
    Python2Settings python2 =
        new Python2Settings(settings.get(PYTHON2_MAX), settings.get(PYTHON2_UNCONFINED));
    return open(runtime, () -> PythonRuntimes.open(runtime, cpython, python2));
  }

  /**
   * Opens a runtime with one worker for a command, beside a server that may run with the same home.
   *
   * @param workspace a directory of the command's own, with the scripts that it runs
   */
  public static PythonRuntime openBeside(Settings settings, Path workspace) {
    RuntimeSettings server = runtime(settings);
    Places places = server.places();
    RuntimeSettings beside =
        new RuntimeSettings(
                new Places(
                    places.image(),
                    places.pythonLib(),
                    places.packages(),
                    places.drivers(),
                    places.java(),
                    workspace.resolve("runs")),
                new Workers(1, 1, 1, server.workers().idleRetirement()),
                server.shape().interpreted(),
                server.patience(),
                server.images(),
                server.confinement())
            .reading(List.of(workspace));
    return open(beside, () -> PythonRuntimes.open(beside));
  }

  /** What the platform makes in time, and workers could not see if it came after their start. */
  private static void createOwn(Settings settings) {
    for (Path directory : inputs(settings)) {
      try {
        Files.createDirectories(directory);
      } catch (IOException e) {
        throw new BadSettingException(directory + " can't be created: " + FileReason.of(e));
      }
    }
  }

  /** Where uploads, drafts, lent values and scripts of the master are. */
  private static List<Path> inputs(Settings settings) {
    Path home = settings.get(ServerSettings.HOME);
    Path volume = ServerSettings.volume(settings);
    return List.of(
        home.resolve("uploads"),
        home.resolve("drafts"),
        volume.resolve("values").resolve("lent"),
        volume.resolve("scripts"));
  }

  private static List<Path> readable(Settings settings) {
    List<Path> all = new ArrayList<>(inputs(settings));
    all.add(settings.get(ServerSettings.JOBS_DIR));
    all.add(settings.get(ServerSettings.EXTENSIONS_DIR));
    all.add(settings.get(ServerSettings.THIRD_PARTY_DIR));
    all.add(settings.get(ServerSettings.PROCESSES_DIR));
    return all;
  }

  /** Opens a runtime, which may fail because of what the settings name. */
  @FunctionalInterface
  private interface Opening {
    PythonRuntime open() throws IOException;
  }

  private static PythonRuntime open(RuntimeSettings runtime, Opening opening) {
    try {
      for (Path packages : runtime.places().packages()) {
        Files.createDirectories(packages);
      }
      return opening.open();
    } catch (IllegalArgumentException | IOException e) {
      throw new BadSettingException("Python can't be started: " + e.getMessage());
    }
  }

  /** The host's own Python, for scripts that ask for it. */
  public static CpythonSettings cpython(Settings settings) {
    Path own = settings.get(ServerSettings.HOME).resolve("cpython");
    return new CpythonSettings(
        settings.get(CPYTHON_PROGRAM),
        own.resolve("environment"),
        own.resolve("packages"),
        settings.get(CPYTHON_MAX),
        Stream.of(settings.get(CPYTHON_PRELOAD).split(",", -1))
            .map(String::strip)
            .filter(module -> !module.isEmpty())
            .toList());
  }

  /** The folder with further languages for text in images; it need not exist. */
  public static Path languages(Settings settings) {
    return settings.get(LANGUAGES).orElse(settings.get(ServerSettings.HOME).resolve("languages"));
  }

  /** The folder with further JDBC drivers; it need not exist. */
  public static Path drivers(Settings settings) {
    return settings.get(DRIVERS).orElse(settings.get(ServerSettings.HOME).resolve("drivers"));
  }

  static RuntimeSettings runtime(Settings settings) {
    Path home = settings.get(ServerSettings.HOME);
    return new RuntimeSettings(
        new Places(
            settings.get(IMAGE),
            settings.get(LIBRARY),
            List.of(home.resolve("packages")),
            drivers(settings),
            Path.of(System.getProperty("java.home")),
            home.resolve("scratch").resolve(word(settings.get(ServerSettings.ROLE)))),
        new Workers(
            settings.get(MAX),
            Math.min(settings.get(WARM), settings.get(MAX)),
            settings.get(QUEUE),
            settings.get(RETIREMENT)),
        new WorkerShape(
            settings.get(HEAP),
            Math.max(settings.get(HEAP), settings.get(MAX_HEAP)),
            settings.get(CONTEXTS),
            settings.get(SPARES),
            settings.get(RUNS_PER_CONTEXT),
            settings.get(RUNS_PER_WORKER),
            settings.get(MAX_FILE),
            settings.get(SCRATCH),
            settings.get(NICENESS),
            settings.get(COMPILED)),
        new Patience(settings.get(START_TIMEOUT), settings.get(GRACE), settings.get(SCALE_UP)),
        new Images(languages(settings), settings.get(PIXELS)),
        new Confinement(settings.get(WALL), readable(settings), settings.get(OPEN_FILES)));
  }

  /**
   * Processes with one home and different roles must not empty each other's scratch directories.
   */
  private static String word(ServerSettings.Roles roles) {
    return roles.name().toLowerCase(Locale.ROOT);
  }
}
