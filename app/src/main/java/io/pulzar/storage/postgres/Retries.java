package io.pulzar.storage.postgres;

import io.pulzar.storage.StorageException;
import io.pulzar.storage.StorageUnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries again what a lost connection or a conflict stopped: the one place that does. What it runs
 * must be such that it may be repeated.
 */
final class Retries {

  private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
  private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(500);

  private final String place;
  private final long patience;
  private final AtomicBoolean away = new AtomicBoolean();
  private volatile boolean stopped;

  Retries(String place, Duration patience) {
    this.place = place;
    this.patience = patience.toNanos();
  }

  /** Something that needs a connection. */
  @FunctionalInterface
  interface Attempt<R> {
    R run() throws SQLException;
  }

  /**
   * Runs it until it succeeds, for as long as the patience lasts.
   *
   * @throws StorageUnavailableException when it lasted no longer
   * @throws StorageException when it failed for a reason that stays
   */
  <R> R run(Attempt<R> attempt) {
    return run(attempt, () -> false);
  }

  /**
   * The same.
   *
   * @param inDoubt whether nobody can be told yet how it ended: then the patience has no end, until
   *     the engine is closed
   */
  <R> R run(Attempt<R> attempt, BooleanSupplier inDoubt) {
    long start = System.nanoTime();
    long pause = SHORTEST_PAUSE;
    while (true) {
      try {
        R result = attempt.run();
        tellOfAnswer();
        return result;
      } catch (SQLException failure) {
        SqlFailure kind = SqlFailure.of(failure);
        if (!kind.mayPass()) {
          throw SqlFailure.described(failure, place);
        }
        if (kind == SqlFailure.CONNECTION) {
          tellOfSilence(failure);
        }
        boolean over = System.nanoTime() - start > patience;
        if (over && (stopped || !inDoubt.getAsBoolean())) {
          throw unavailable(failure);
        }
        LockSupport.parkNanos(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE);
      }
    }
  }

  /** Waits no longer for what is in doubt. */
  void stop() {
    stopped = true;
  }

  /** What to tell of a failure that nothing is tried again after. */
  StorageException described(SQLException failure) {
    return SqlFailure.of(failure) == SqlFailure.CONNECTION
        ? unavailable(failure)
        : SqlFailure.described(failure, place);
  }

  private StorageUnavailableException unavailable(SQLException failure) {
    return new StorageUnavailableException(
        place + " does not answer: " + SqlFailure.text(failure), failure);
  }

  private void tellOfSilence(SQLException failure) {
    if (away.compareAndSet(false, true)) {
      LOG.warn("{} does not answer, and is tried again: {}", place, SqlFailure.text(failure));
    }
  }

  private void tellOfAnswer() {
    if (away.get() && away.compareAndSet(true, false)) {
      LOG.info("{} answers again", place);
    }
  }
}
