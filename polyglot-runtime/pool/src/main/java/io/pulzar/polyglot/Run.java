package io.pulzar.polyglot;

import java.util.concurrent.CompletionStage;

/** A call under way. */
public interface Run {

  /**
   * Completes, never exceptionally, when the call ended; every listener call came before. What
   * hangs on it runs on a thread that serves other calls, and must not wait for anything.
   */
  CompletionStage<Finished> finished();

  /** Stops the run within the pool's grace period; no effect when it ended already. */
  void cancel();
}
