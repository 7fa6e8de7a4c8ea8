package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.RuntimeSettings;
import io.pulzar.polyglot.RuntimeSettings.WorkerShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The one place that knows how a worker's process is started: which Java, with or without the
 * compiler, with which limits from outside.
 *
 * <p>What the JVM cannot be trusted to limit, the system does: no core dumps, no file above a size,
 * and an address space beyond which neither native memory nor the stacks of threads can grow. There
 * is no limit on processes: that one would count all of the user's, and does not bind root.
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

  /** Code, metaspace, archives, and 16 MiB of stack for each of a few hundred threads. */
  private static final long ADDRESS_SPACE_BESIDE_HEAP = 8L << 30;

  /** The server's environment may hold secrets, so a worker gets these and nothing else. */
  private static final Set<String> PASSED_ON =
      Set.of("PATH", "LD_LIBRARY_PATH", "TESSDATA_PREFIX", "LANG", "TZ");

  /**
   * Signals that a terminal or a service manager sends to all processes of the server are for the
   * server, which ends its workers itself. What the system does not know or allow is left out.
   *
   * <p>Frames go to descriptor 3: to standard output a JVM that crashes writes its last words.
   */
  private static final String SHELL =
      """
      trap '' INT HUP TERM
      ulimit -c 0 2>/dev/null
      ulimit -v "$1" 2>/dev/null
      ulimit -f "$2" 2>/dev/null
      niceness=$3
      shift 3
      exec 3>&1 1>&2
      if command -v nice >/dev/null 2>&1; then exec nice -n "$niceness" "$@"; fi
      exec "$@"
      """;

  /** A script must not fill the node's log with what OpenCV thinks of its images. */
  private static final Map<String, String> FOR_OPENCV = Map.of("OPENCV_LOG_LEVEL", "SILENT");

  private static final Path SHELL_PATH = Path.of("/bin/sh");

  /** What the worker needs of its heap for itself, beside what its run may hold. */
  private static final long OWN_HEAP_BYTES = 96L << 20;

  private final RuntimeSettings settings;
  private final List<String> java;

  private WorkerCommand(RuntimeSettings settings, List<String> java) {
    this.settings = settings;
    this.java = java;
  }

  /**
   * Workers as they run: with the ahead-of-time cache when there is one.
   *
   * @throws NoSuchFileException when there is no image
   */
  public static WorkerCommand of(RuntimeSettings settings) throws IOException {
    ImageLayout image = new ImageLayout(settings.places().image());
    List<String> java = image.java(settings.places().java());
    if (Files.exists(image.aotCache())) {
      java.add("-XX:AOTCache=" + image.aotCache());
    }
    return new WorkerCommand(settings, java);
  }

  /** Workers that record the ahead-of-time cache and write it when they end. */
  public static WorkerCommand recording(RuntimeSettings settings) throws IOException {
    ImageLayout image = new ImageLayout(settings.places().image());
    List<String> java = image.java(settings.places().java());
    java.add("-XX:AOTCacheOutput=" + image.aotCache());
    return new WorkerCommand(settings, java);
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
    List<String> command = new ArrayList<>();
    boolean shell = Files.isExecutable(SHELL_PATH);
    if (shell) {
      command.addAll(throughShell(heapBytes));
    }
    command.addAll(java);
    if (shell) {
      command.add("-Dpulzar.frames=/dev/fd/3");
    }
    command.add("-Xmx" + (largestHeap(heapBytes) >> 20) + "m");
    command.addAll(OPTIONS);
    command.addAll(priorities());
    command.addAll(images());
    command.addAll(main());
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(PASSED_ON);
    environment.putAll(FOR_OPENCV);
    return builder.start();
  }

  private List<String> throughShell(long heapBytes) {
    WorkerShape shape = settings.shape();
    long addressSpaceKilobytes = (largestHeap(heapBytes) + ADDRESS_SPACE_BESIDE_HEAP) >> 10;
    long fileBlocks = Math.ceilDiv(shape.maxFileBytes(), 512);
    return List.of(
        SHELL_PATH.toString(),
        "-c",
        SHELL,
        "pulzar-worker",
        Long.toString(addressSpaceKilobytes),
        Long.toString(fileBlocks),
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
