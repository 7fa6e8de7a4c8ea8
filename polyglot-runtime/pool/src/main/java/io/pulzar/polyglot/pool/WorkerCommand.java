package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.RuntimeSettings;
import io.pulzar.polyglot.RuntimeSettings.WallMode;
import io.pulzar.polyglot.WallReport;
import io.pulzar.polyglot.WallReport.Strength;
import io.pulzar.polyglot.wall.FileRules;
import io.pulzar.polyglot.wall.Wall;
import io.pulzar.polyglot.wall.WallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The one place that knows how a worker's process is started: which Java, with or without the
 * compiler, with which limits from outside.
 */
public final class WorkerCommand implements ProcessStarter {

  private static final String MAIN = "io.pulzar.polyglot.worker.WorkerMain";

  private static final List<String> OPTIONS =
      List.of(
          // No handlers: a script that raises a signal would run them.
          "-Xrs",
          "-Xss16m",
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData",
          // Imports look for many files that are not there, a thousand frames deep.
          "-XX:MaxJavaStackTraceDepth=64",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          // Standard output is for frames.
          "-XX:+DisplayVMOutputToStderr",
          "-Xlog:disable",
          "-Xlog:all=error:stderr:tags",
          // Libraries that look for a logger find none, and need not say so.
          "-Dslf4j.internal.verbosity=ERROR");

  /** How far the compilers step back behind the scripts. */
  private static final int COMPILERS_BEHIND = 3;

  private static final int LAST_NICENESS = 19;

  /** A script must not fill the node's log with what OpenCV thinks of its images. */
  private static final Map<String, String> FOR_OPENCV = Map.of("OPENCV_LOG_LEVEL", "SILENT");

  /** What the worker needs of its heap for itself, beside what its run may hold. */
  private static final long OWN_HEAP_BYTES = 96L << 20;

  private final RuntimeSettings settings;
  private final List<String> java;
  private final Wall wall;
  private final Map<Process, List<Path>> unseen = new ConcurrentHashMap<>();

  private final List<String> program;

  private WorkerCommand(RuntimeSettings settings, List<String> java, Wall wall) {
    this(settings, java, wall, main(settings));
  }

  private WorkerCommand(
      RuntimeSettings settings, List<String> java, Wall wall, List<String> program) {
    this.settings = settings;
    this.java = java;
    this.wall = wall;
    this.program = program;
  }

  /**
   * Workers as they run: with the ahead-of-time cache when there is one.
   *
   * @throws NoSuchFileException when there is no image
   * @throws WallException when the second wall is required, and can't be had
   */
  public static WorkerCommand of(RuntimeSettings settings) throws IOException {
    ImageLayout image = new ImageLayout(settings.places().image());
    List<String> java = image.java(settings.places().java());
    if (Files.exists(image.aotCache())) {
      java.add("-XX:AOTCache=" + image.aotCache());
    }
    if (!settings.shape().compiled() && java.containsAll(ImageLayout.COMPILING)) {
      java.add("-Dpolyglot.engine.Compilation=false");
    }
    return new WorkerCommand(settings, java, Wall.of(settings.confinement().wall()));
  }

  /**
   * Workers that record the ahead-of-time cache and write it when they end. They run what the build
   * gives them, and Java starts a second process for writing, so there is no wall.
   */
  public static WorkerCommand recording(RuntimeSettings settings) throws IOException {
    ImageLayout image = new ImageLayout(settings.places().image());
    List<String> java = image.java(settings.places().java());
    java.add("-XX:AOTCacheOutput=" + image.aotCache());
    return new WorkerCommand(settings, java, Wall.of(WallMode.OFF));
  }

  /** The same processes with another program in them, which shows what holds them from outside. */
  WorkerCommand running(List<Path> classPath, List<String> other) {
    List<String> line = new ArrayList<>(java);
    line.add("-cp");
    line.add(classPath.stream().map(Path::toString).collect(Collectors.joining(":")));
    return new WorkerCommand(settings, line, wall, other);
  }

  /** The bound of the heap of a worker whose runs may hold that much. */
  static long largestHeap(long heapBytes) {
    return heapBytes + OWN_HEAP_BYTES;
  }

  /** Changes when the options do, with which an ahead-of-time cache was recorded. */
  public static String stamp() {
    return Integer.toHexString(List.of(ImageLayout.COMPILING, OPTIONS).hashCode());
  }

  @Override
  public Process start(long heapBytes) throws IOException {
    List<String> command =
        new ArrayList<>(ProcessLimits.withFrames(settings, largestHeap(heapBytes)));
    boolean framesApart = !command.isEmpty();
    command.addAll(java);
    if (framesApart) {
      command.add("-Dpulzar.frames=/dev/fd/3");
    }
    command.add("-Xmx" + (largestHeap(heapBytes) >> 20) + "m");
    command.addAll(OPTIONS);
    command.addAll(priorities());
    command.addAll(confined());
    command.addAll(services());
    command.addAll(program);
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    ProcessLimits.clean(environment);
    environment.putAll(FOR_OPENCV);
    FileRules files = files();
    List<Path> absent = WorkerFiles.absent(settings);
    Process process = wall.start(builder, files);
    if (!absent.isEmpty() && wall.report().strength() != Strength.NONE) {
      unseen.keySet().removeIf(other -> !other.isAlive());
      unseen.put(process, absent);
    }
    return process;
  }

  @Override
  public WallReport wall() {
    return wall.report();
  }

  @Override
  public boolean isOutdated(Process process) {
    return unseen.getOrDefault(process, List.of()).stream().anyMatch(Files::exists);
  }

  private FileRules files() throws IOException {
    return WorkerFiles.of(settings, Path.of(java.getFirst()));
  }

  private List<String> confined() {
    List<String> options = new ArrayList<>();
    options.add("-Djava.io.tmpdir=" + settings.places().scratch());
    if (wall.report().strength() != Strength.NONE) {
      options.add("-Dpulzar.wall=true");
    }
    return options;
  }

  /**
   * Scripts go first, the compilers take what they leave: else a worker that warms up starves those
   * that run. The compilers of the JVM have a setting of their own; the threads of Graal are the
   * only busy ones that ask for the highest priority of Java.
   */
  private List<String> priorities() {
    int scripts = settings.shape().niceness();
    int compilers = Math.min(LAST_NICENESS, scripts + COMPILERS_BEHIND);
    return List.of(
        "-XX:ThreadPriorityPolicy=1",
        // Who is not root is warned, and has what is needed here all the same.
        "-XX:-PrintWarnings",
        "-XX:JavaPriority5_To_OSPriority=" + scripts,
        "-XX:JavaPriority10_To_OSPriority=" + compilers,
        "-XX:CompilerThreadPriority=" + compilers);
  }

  private List<String> services() {
    return List.of(
        "-Dpulzar.natives=" + new ImageLayout(settings.places().image()).natives(),
        "-Dpulzar.drivers=" + settings.places().drivers(),
        "-Dpulzar.images.languages=" + settings.images().languages(),
        "-Dpulzar.images.pixels=" + settings.images().maxPixels());
  }

  private static List<String> main(RuntimeSettings settings) {
    List<String> line = new ArrayList<>();
    line.add(MAIN);
    line.add("--python-home");
    line.add(settings.places().image().resolve("python").toString());
    line.add("--python-lib");
    line.add(settings.places().pythonLib().toString());
    line.add("--spares");
    line.add(Integer.toString(settings.shape().spareContexts()));
    line.add("--contexts");
    line.add(Integer.toString(settings.shape().keptContexts()));
    line.add("--clean-up");
    line.add(Long.toString(settings.patience().cleanUp().toMillis()));
    for (Path packages : settings.places().packages()) {
      line.add("--packages");
      line.add(packages.toString());
    }
    return line;
  }
}
