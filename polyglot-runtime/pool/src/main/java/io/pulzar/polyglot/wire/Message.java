package io.pulzar.polyglot.wire;

import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.Script;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that pool and worker say to each other. */
public sealed interface Message {

  /** What the pool says. */
  sealed interface ToWorker extends Message {}

  /** What a worker says. */
  sealed interface ToPool extends Message {}

  /**
   * Run a script; the worker is idle when this is sent.
   *
   * @param run number of the run, given by the pool; every message about it carries it
   * @param root directory of the host, absolute
   * @param arguments a JSON document
   * @param scratch real path of the directory that the run may write to; the worker makes it
   * @param input a file that the run may read
   * @param timeoutMillis wall-clock time; the worker stops the script when it passed
   * @param memoryBytes what the script may hold, on the heap and beside it
   * @param scratchBytes what may be in its directory
   * @param outputBytes limit of log and output together, as UTF-8
   * @param maxRunsPerContext a context is replaced after this many runs
   * @param secrets a JSON object of texts by name, or an empty text
   * @param variables the same
   */
  record Start(
      long run,
      String root,
      String name,
      Script.Entry entry,
      String arguments,
      String scratch,
      @Nullable String input,
      Isolation isolation,
      long timeoutMillis,
      long memoryBytes,
      long scratchBytes,
      long outputBytes,
      boolean network,
      int maxRunsPerContext,
      String secrets,
      String variables)
      implements ToWorker {

    /** A start without secrets and variables. */
    public Start(
        long run,
        String root,
        String name,
        Script.Entry entry,
        String arguments,
        String scratch,
        @Nullable String input,
        Isolation isolation,
        long timeoutMillis,
        long memoryBytes,
        long scratchBytes,
        long outputBytes,
        boolean network,
        int maxRunsPerContext) {
      this(
          run,
          root,
          name,
          entry,
          arguments,
          scratch,
          input,
          isolation,
          timeoutMillis,
          memoryBytes,
          scratchBytes,
          outputBytes,
          network,
          maxRunsPerContext,
          "",
          "");
    }

    /** Without what nobody shall read in a log. */
    @Override
    public String toString() {
      return "Start[" + run + ' ' + contextKey() + ']';
    }

    /** Names the context that can serve this run. */
    public String contextKey() {
      return Message.contextKey(root, name, entry, network, isolation);
    }
  }

  /** Stop the run; still answered by {@link Ended}. Ignored when another run is going on. */
  record Cancel(long run) implements ToWorker {}

  /**
   * Load a script into a context of its own, ahead of its first run and only while no run goes on.
   * Answered by {@link Prepared}, whatever comes of it; one at a time.
   *
   * @param timeoutMillis wall-clock time; the worker gives up when it passed
   */
  record Prepare(String root, String name, Script.Entry entry, boolean network, long timeoutMillis)
      implements ToWorker {

    /** Names the context. */
    public String contextKey() {
      return Message.contextKey(root, name, entry, network, Isolation.WARM);
    }
  }

  /**
   * The answer to a {@link HostCall}.
   *
   * @param json {@code {"ok": value}} or {@code {"error": {"type": "KeyError", "message": "…"}}}
   */
  record HostResult(long run, int call, String json) implements ToWorker {}

  /**
   * The worker can take its first run. Always its first message.
   *
   * @param compiled whether the optimizing runtime is in use
   * @param version of the Python implementation
   */
  record Ready(boolean compiled, String version) implements ToPool {}

  /** The time limit runs from here. */
  record Started(long run) implements ToPool {}

  /** One or more whole lines, each ended by a newline. */
  record Log(long run, String text) implements ToPool {}

  /** One part of the output. */
  record Output(long run, String part) implements ToPool {}

  /**
   * A question of the script to the platform; the script waits for the {@link HostResult}.
   *
   * @param call number of the call within its run
   * @param json the arguments, a JSON object
   */
  record HostCall(long run, int call, String name, String json) implements ToPool {}

  /**
   * The run is over and the worker is idle again; nothing more about this run follows.
   *
   * @param cpuNanos used by the threads of the run
   * @param peakBytes of the worker's heap during the run
   * @param reusable false asks the pool to replace this process
   * @param keptScripts the {@link #contextKey} of each context that is kept, all of them each time
   */
  record Ended(
      long run,
      Outcome outcome,
      long cpuNanos,
      long peakBytes,
      boolean reusable,
      List<String> keptScripts)
      implements ToPool {

    public Ended {
      keptScripts = List.copyOf(keptScripts);
    }
  }

  /**
   * A script is loaded, or can't be.
   *
   * @param problem why not, or an empty text
   * @param keptScripts as in {@link Ended}
   */
  record Prepared(String problem, List<String> keptScripts) implements ToPool {

    public Prepared {
      keptScripts = List.copyOf(keptScripts);
    }
  }

  /**
   * The identity of a context: a context belongs to one script, entered in one way, with or without
   * sockets, and never runs another.
   */
  static String contextKey(
      String root, String name, Script.Entry entry, boolean network, Isolation isolation) {
    return (network ? "net " : "") + isolation + ' ' + entry.name() + ' ' + root + ' ' + name;
  }
}
