package io.pulzar.storage;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Durable tables of one owner. Open it once, from a {@link StorageEngine}; share it among any
 * number of threads.
 */
public interface Database extends AutoCloseable {

  /** Runs {@code body} on the state that is committed now, on the caller's thread. */
  <R> R read(Function<ReadTransaction, R> body);

  /**
   * Queues {@code body} for the writer; blocks only while the queue is at its bound.
   *
   * <p>The stage completes once the changes are durable, or exceptionally, with nothing changed:
   * with what the body threw, or a {@link StorageException}. It completes on the writer's thread:
   * what depends on it without an executor must be short; it may write, but not wait.
   *
   * @param body see the package's rules: short, repeatable, no effects beside the transaction
   */
  <R> CompletionStage<R> write(Function<WriteTransaction, R> body);

  /**
   * The same, waiting until it is durable. Throws what the body threw, or a {@link
   * StorageException}; an {@link IllegalStateException} on the writer's own thread.
   */
  <R> R writeAndWait(Function<WriteTransaction, R> body);

  default TableStatistics statistics(Table<?, ?> table) {
    return read(transaction -> transaction.statistics(table));
  }

  WriteActivity activity();

  /** Why nothing can be read or written any more in this process; empty: it can. */
  Optional<String> loss();

  /**
   * Reads every record, which takes as long as reading the file.
   *
   * @return the names of those that can't be read
   */
  List<String> verify();

  /**
   * Asks whether it can be read now, without waiting for it to become so.
   *
   * @throws StorageException when it can't
   */
  void probe();

  /** What keeps it. */
  StorageEngine engine();

  /** The folder by which it was opened: where it is, or would be on this machine. */
  Path directory();

  /**
   * Writes what is queued and closes; transactions under way end first. What reads many entries
   * ends at its next one, with a {@link StorageClosedException}, so that nobody waits for it.
   */
  @Override
  void close();
}
