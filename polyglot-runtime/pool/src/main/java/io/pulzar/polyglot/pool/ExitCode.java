package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.Outcome;

/** What the exit code of a worker that nobody asked to end says to the user. */
final class ExitCode {

  /** With which a worker ends itself whose memory is used up. */
  private static final int OUT_OF_MEMORY = 3;

  /** Java reports an end by a signal as this plus the number of the signal. */
  private static final int SIGNAL = 128;

  private static final int SIGKILL = 9;

  private ExitCode() {}

  /** What the process wrote last is in the log only: it may tell of the host. */
  static Outcome explain(int exitCode, Outcome outOfMemory) {
    if (exitCode == OUT_OF_MEMORY) {
      return outOfMemory;
    }
    if (exitCode == SIGNAL + SIGKILL) {
      return new Outcome.Crashed(
          "the worker process was killed from outside (signal 9), by a person or because the"
              + " machine ran out of memory");
    }
    if (exitCode > SIGNAL) {
      return new Outcome.Crashed(
          "the worker process crashed (signal " + (exitCode - SIGNAL) + "); see the server's log");
    }
    return new Outcome.Crashed(
        "the worker process ended by itself (exit code " + exitCode + "); see the server's log");
  }
}
