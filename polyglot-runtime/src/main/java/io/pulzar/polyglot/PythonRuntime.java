package io.pulzar.polyglot;

/** Runs scripts in worker processes that it keeps warm, supervises and replaces. */
public interface PythonRuntime extends AutoCloseable {

  /**
   * Starts a call as soon as a worker is free.
   *
   * @throws RuntimeFullException when as many calls wait as the settings allow
   */
  Run start(Call call, RunListener listener) throws RuntimeFullException;

  /** What the pool looks like now. */
  RuntimeStatus status();

  /** Stops every run and ends every worker. */
  @Override
  void close();
}
