package io.pulzar.storage.engine;

import java.util.function.Consumer;

/** What an engine does for its {@link WriterThread}. */
@FunctionalInterface
public interface GroupCommit {

  /**
   * Runs {@code work} in one transaction and returns when it is durable, or throws with nothing
   * changed. May run {@code work} more than once.
   */
  void write(Consumer<UndoableTransaction> work);
}
