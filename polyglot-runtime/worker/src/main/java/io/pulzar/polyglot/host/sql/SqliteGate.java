package io.pulzar.polyglot.host.sql;

import io.pulzar.polyglot.HostCallException;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread at a time into a database, and nobody into it from within.
 *
 * <p>SQLite calls the script's functions and collations in the middle of an operation. Whatever
 * such a function did with its own database would happen to a statement that is half run, or while
 * a guard is lowered that the operation under way needs lowered (see {@link
 * SqliteDatabase#vacuum}). So it may do nothing with it. Other databases are open to it, down to a
 * depth that leaves native code its stack.
 */
final class SqliteGate {

  /** An operation on the database that the gate stands before. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws SQLException, HostCallException;
  }

  /** An operation that gives nothing. */
  @FunctionalInterface
  interface Step {
    void run() throws SQLException, HostCallException;
  }

  /** Databases that wait for each other's functions, one inside the other. */
  private static final int DEEPEST = 8;

  private static final ThreadLocal<Integer> DEPTH = ThreadLocal.withInitial(() -> 0);

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private @Nullable Throwable failure;
  private boolean closed;

  /**
   * @throws HostCallException a ProgrammingError when a function of the script asks for this while
   *     the database waits for it, and when the database is closed
   */
  <T> T pass(Work<T> work) throws SQLException, HostCallException {
    enter();
    try {
      if (closed) {
        throw new HostCallException(
            "sqlite3.ProgrammingError", "Cannot operate on a closed database.");
      }
      return run(work);
    } finally {
      lock.unlock();
    }
  }

  /** Like {@link #pass}. */
  void perform(Step step) throws SQLException, HostCallException {
    boolean _ = pass(() -> done(step));
  }

  private static boolean done(Step step) throws SQLException, HostCallException {
    step.run();
    return true;
  }

  /** Like {@link #pass}, as the last operation; does nothing when there was one already. */
  void close(Step step) throws SQLException, HostCallException {
    enter();
    try {
      if (!closed) {
        closed = true;
        boolean _ = run(() -> done(step));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether this thread is inside: it is a function of the script that asks. */
  boolean isInside() {
    return lock.isHeldByCurrentThread();
  }

  /**
   * Keeps what a function of the script threw, and nothing may throw through native code, until the
   * operation that called the function ends with it.
   */
  void failed(Throwable thrown) {
    failure = thrown;
  }

  private void enter() throws HostCallException {
    if (isInside()) {
      throw new HostCallException(
          "sqlite3.ProgrammingError",
          "a function or collation cannot use the database that calls it");
    }
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostCallException("InterruptedError", "the run is being stopped");
    }
  }

  private <T> T run(Work<T> work) throws SQLException, HostCallException {
    int depth = DEPTH.get();
    if (depth == DEEPEST) {
      throw new HostCallException(
          "RecursionError", "databases call each other's functions more than 8 deep");
    }
    DEPTH.set(depth + 1);
    failure = null;
    try {
      T result = work.run();
      rethrow(failure);
      return result;
    } catch (SQLException e) {
      rethrow(failure);
      throw e;
    } finally {
      failure = null;
      DEPTH.set(depth);
    }
  }

  private static void rethrow(@Nullable Throwable thrown) {
    switch (thrown) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(thrown);
    }
  }
}
