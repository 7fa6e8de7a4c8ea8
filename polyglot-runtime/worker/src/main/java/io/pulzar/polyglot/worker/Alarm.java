package io.pulzar.polyglot.worker;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does something about a subject at a set time. For times that are set often and reached seldom:
 * setting another one wakes no thread unless it is earlier than the one that the thread sleeps to,
 * and what is cleared is forgotten at once.
 */
final class Alarm<T> implements AutoCloseable {

  private final Consumer<T> action;
  private final Thread thread;

  // Guarded by this.
  private @Nullable T subject;
  private long atNanos;
  private boolean asleepForGood;
  private long asleepToNanos;

  Alarm(String name, Consumer<T> action) {
    this.action = action;
    this.thread = new WorkerThread(name, this::ringUntilClosed);
    thread.start();
  }

  /** Instead of what was set before, if anything. */
  synchronized void setIn(long duration, TimeUnit unit, T about) {
    atNanos = System.nanoTime() + unit.toNanos(duration);
    subject = about;
    if (asleepForGood || atNanos - asleepToNanos < 0) {
      notifyAll();
    }
  }

  synchronized void clear() {
    subject = null;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void ringUntilClosed() {
    try {
      while (true) {
        action.accept(awaitTime());
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized T awaitTime() throws InterruptedException {
    while (true) {
      T about = subject;
      long left = atNanos - System.nanoTime();
      asleepForGood = about == null;
      asleepToNanos = atNanos;
      if (about == null) {
        wait();
      } else if (left > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } else {
        subject = null;
        return about;
      }
    }
  }
}
