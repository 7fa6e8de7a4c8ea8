package io.pulzar.polyglot;

import java.util.List;

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

  /** What the pool looks like now. */
  RuntimeStatus status();

  /** Stops every run and ends every worker. */
  @Override
  void close();
}
