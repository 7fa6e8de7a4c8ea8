package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.RuntimeSettings;
import io.pulzar.polyglot.RuntimeSettings.WallMode;
import io.pulzar.polyglot.RuntimeSettings.WorkerShape;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The one place that knows how a worker's process is started: which Java, with or without the
 * compiler, with which limits from outside.
 *
 * <p>What the JVM cannot be trusted to limit, the system does: no core dumps, no file above a size,
 * so many open files and no more, and an address space beyond which neither native memory nor the
 * stacks of threads can grow. There is no limit on processes: that one would count all of the
 * user's, and does not bind root.
 */
public final class WorkerCommand implements ProcessStarter {

  private static final String MAIN = "io.pulzar.polyglot.worker.WorkerMain";

  private static final List<String> OPTIONS =
      List.of(
          // No handlers: a script that raises a signal would run them.
          "-Xrs",
          "-Xss16m",
          "-XX:+UseSerialGC",
          "-XX:+ExitOnOutOfMemoryError",
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

  /** Code, metaspace, archives, and 16 MiB of stack for each of a few hundred threads. */
  private static final long ADDRESS_SPACE_BESIDE_HEAP = 8L << 30;

  /** The server's environment may hold secrets, so a worker gets these and nothing else. */
  private static final Set<String> PASSED_ON =
      Set.of("PATH", WorkerFiles.LIBRARY_PATH, WorkerFiles.OCR_DATA, "LANG", "TZ");

  /**
   * Signals that a terminal or a service manager sends to all processes of the server are for the
   * server, which ends its workers itself. What the system does not know or allow is left out.
   */
  private static final String SHELL =
      """
      trap '' INT HUP TERM
      ulimit -c 0 2>/dev/null
      ulimit -v "$1" 2>/dev/null
      ulimit -f "$2" 2>/dev/null
      ulimit -n "$3" 2>/dev/null
      niceness=$4
      shift 4
      if command -v nice >/dev/null 2>&1; then exec nice -n "$niceness" "$@"; fi
      exec "$@"
      """;

  /** A script must not fill the node's log with what OpenCV thinks of its images. */
  private static final Map<String, String> FOR_OPENCV = Map.of("OPENCV_LOG_LEVEL", "SILENT");

  private static final Path SHELL_PATH = Path.of("/bin/sh");

  private final RuntimeSettings settings;
  private final List<String> java;
  private final Wall wall;
  private final Map<Process, List<Path>> unseen = new ConcurrentHashMap<>();

  private WorkerCommand(RuntimeSettings settings, List<String> java, Wall wall) {
    this.settings = settings;
    this.java = java;
    this.wall = wall;
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

  /** Changes when the options do, with which an ahead-of-time cache was recorded. */
  public static String stamp() {
    return Integer.toHexString(List.of(ImageLayout.COMPILING, OPTIONS).hashCode());
  }

  @Override
  public Process start(long heapBytes) throws IOException {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SHELL_PATH)) {
      command.addAll(throughShell(heapBytes));
    }
    command.addAll(java);
    command.add("-Xmx" + (heapBytes >> 20) + "m");
    command.addAll(OPTIONS);
    command.addAll(priorities());
    command.addAll(confined());
    command.addAll(images());
    command.addAll(main());
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(PASSED_ON);
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

  private List<String> throughShell(long heapBytes) {
    WorkerShape shape = settings.shape();
    long addressSpaceKilobytes = (heapBytes + ADDRESS_SPACE_BESIDE_HEAP) >> 10;
    long fileBlocks = Math.ceilDiv(shape.maxFileBytes(), 512);
    return List.of(
        SHELL_PATH.toString(),
        "-c",
        SHELL,
        "pulzar-worker",
        Long.toString(addressSpaceKilobytes),
        Long.toString(fileBlocks),
        Integer.toString(settings.confinement().openFiles()),
        Integer.toString(shape.niceness()));
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

  private List<String> images() {
    return List.of(
        "-Dpulzar.natives=" + new ImageLayout(settings.places().image()).natives(),
        "-Dpulzar.images.languages=" + settings.images().languages(),
        "-Dpulzar.images.pixels=" + settings.images().maxPixels());
  }

  private List<String> main() {
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
    for (Path packages : settings.places().packages()) {
      line.add("--packages");
      line.add(packages.toString());
    }
    return line;
  }
}
