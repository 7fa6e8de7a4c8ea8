package io.pulzar.polyglot;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Runs scripts in worker processes that it keeps warm, supervises and replaces. */
public interface PythonRuntime extends AutoCloseable {

  /**
   * Starts a call as soon as a worker is free.
   *
   * @throws RuntimeFullException when as many calls wait as the settings allow
   */
  Run start(Call call, RunListener listener) throws RuntimeFullException;

  /**
   * Has each worker load scripts ahead of their first call, one after the other while it has
   * nothing to run; calls do not wait for it. A script that can't be loaded is logged and left
   * alone.
   *
   * @param limits the network and the time of each; workers that are larger than usual load none
   */
  void prepare(List<Script> scripts, Limits limits);

  /** What the pool of the usual kind of worker looks like now. */
  RuntimeStatus status();

  /** The same for the other kinds, so far as scripts needed them yet. */
  default Map<ScriptRuntime, RuntimeStatus> statusOfOthers() {
    return Map.of();
  }

  /**
   * Each worker process by its kind, and what it does. It takes longer than {@link #status}: the
   * system is asked about each.
   */
  default Map<ScriptRuntime, List<WorkerStatus>> workers() {
    return Map.of();
  }

  /**
   * What would run scripts of a kind on this machine: its name, version and place.
   *
   * @throws IOException saying what is missing, and what to do
   */
  default String find(ScriptRuntime kind) throws IOException {
    throw new IOException("no scripts can be run here");
  }

  /** Stops every run and ends every worker. */
  @Override
  void close();
}
