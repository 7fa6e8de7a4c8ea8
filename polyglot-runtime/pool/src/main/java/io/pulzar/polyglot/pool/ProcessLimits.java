package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.RuntimeSettings;
import io.pulzar.polyglot.RuntimeSettings.WorkerShape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What every worker process is given by the system, whatever runs in it: no core dumps, no file
 * above a size, so many open files and no more, and an address space beyond which neither native
 * memory nor the stacks of threads can grow. There is no limit on processes: that one would count
 * all of the user's, and does not bind root.
 */
final class ProcessLimits {

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
      $FRAMES
      if command -v nice >/dev/null 2>&1; then exec nice -n "$niceness" "$@"; fi
      exec "$@"
      """;

  /** A JVM that crashes writes its last words to standard output, which is no place for frames. */
  private static final String FRAMES_APART = "exec 3>&1 1>&2";

  private static final Path SHELL_PATH = Path.of("/bin/sh");

  /**
   * Code, metaspace, archives, 160 MiB of stack for each of some twenty contexts, and 16 MiB for
   * each of a few hundred threads.
   */
  private static final long ADDRESS_SPACE_BESIDE_HEAP = 11L << 30;

  private static final int BLOCK_BYTES = 512;

  /** The server's environment may hold secrets, so a worker gets these and nothing else. */
  private static final Set<String> PASSED_ON =
      Set.of("PATH", WorkerFiles.LIBRARY_PATH, WorkerFiles.OCR_DATA, "LANG", "TZ");

  private ProcessLimits() {}

  /** What goes before the command of a worker. */
  static List<String> prefix(RuntimeSettings settings, long memoryBytes) {
    return prefix(settings, memoryBytes, "");
  }

  /** The same for a worker whose frames go to descriptor 3, if this is not empty. */
  static List<String> withFrames(RuntimeSettings settings, long memoryBytes) {
    return prefix(settings, memoryBytes, FRAMES_APART);
  }

  private static List<String> prefix(RuntimeSettings settings, long memoryBytes, String frames) {
    if (!Files.isExecutable(SHELL_PATH)) {
      return List.of();
    }
    WorkerShape shape = settings.shape();
    return List.of(
        SHELL_PATH.toString(),
        "-c",
        SHELL.replace("$FRAMES", frames),
        "pulzar-worker",
        Long.toString((memoryBytes + ADDRESS_SPACE_BESIDE_HEAP) >> 10),
        Long.toString(Math.ceilDiv(shape.maxFileBytes(), BLOCK_BYTES)),
        Integer.toString(settings.confinement().openFiles()),
        Integer.toString(shape.niceness()));
  }

  static void clean(Map<String, String> environment) {
    environment.keySet().retainAll(PASSED_ON);
  }
}
