package io.pulzar.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One line in the window that tells that something goes on: after a second, until it is closed. It
 * is gone then. Where nobody looks nothing is written.
 *
 * <pre>{@code
 * try (Progress progress = Progress.start(terminal, "get /a/b").of(size)) {
 *   progress.moved(bytes);
 * }
 * }</pre>
 */
public final class Progress implements AutoCloseable {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration NEXT = Duration.ofMillis(200);
  private static final String FRONT = "\r";

  /** To the end of the line (ECMA-48, EL). */
  private static final String ERASE = "\033[K";

  private static final double MEGABYTE = 1 << 20;

  private final Terminal terminal;
  private final String what;
  private final long began = System.nanoTime();
  private final AtomicLong moved = new AtomicLong();
  private final AtomicLong total = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
  private boolean closed;
  private boolean shown;

  private Progress(Terminal terminal, String what) {
    this.terminal = terminal;
    this.what = what;
  }

  /** Begins to count the time. */
  public static Progress start(Terminal terminal, String what) {
    Progress progress = new Progress(terminal, what);
    if (terminal.isWatched()) {
      Thread.ofPlatform().daemon().name("progress").start(progress::show);
    }
    return progress;
  }

  /**
   * How much there is to move.
   *
   * @param bytes negative when that is not known
   */
  public Progress of(long bytes) {
    total.set(bytes);
    return this;
  }

  /** So much more has been moved. */
  public void moved(long bytes) {
    moved.addAndGet(bytes);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      closing.signalAll();
      if (shown) {
        terminal.err().print(FRONT + ERASE);
        terminal.err().flush();
      }
    } finally {
      lock.unlock();
    }
  }

  private void show() {
    lock.lock();
    try {
      long wait = FIRST.toNanos();
      while (!closed) {
        wait = closing.awaitNanos(wait);
        if (wait <= 0 && !closed) {
          shown = true;
          terminal.err().print(FRONT + line() + ERASE);
          terminal.err().flush();
          wait = NEXT.toNanos();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private String line() {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
    long bytes = moved.get();
    long all = total.get();
    String amount =
        bytes == 0
            ? ""
            : String.format(Locale.ROOT, "%.1f", bytes / MEGABYTE)
                + (all > 0 ? String.format(Locale.ROOT, " of %.1f", all / MEGABYTE) : "")
                + " MB, ";
    String line = what + ": " + amount + seconds + " s";
    int width = terminal.columns().orElse(80) - 1;
    return line.length() <= width ? line : line.substring(0, width);
  }
}
