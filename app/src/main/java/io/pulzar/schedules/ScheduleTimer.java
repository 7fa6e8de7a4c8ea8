package io.pulzar.schedules;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that waits for due times and for ends of runs. */
final class ScheduleTimer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ScheduleTimer.class);
  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);

  private final DueRunner firing;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Thread thread;
  private boolean woken;
  private boolean closed;

  ScheduleTimer(DueRunner firing) {
    this.firing = firing;
    this.thread = Thread.ofPlatform().name("schedules").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Something changed that may be due earlier than what is waited for. Safe for any thread. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      news.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Ends after the round under way. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      news.signal();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    boolean recovered = false;
    Duration pause = Duration.ZERO;
    while (await(pause)) {
      try {
        if (!recovered) {
          firing.recover();
          recovered = true;
        }
        pause = firing.round();
      } catch (RuntimeException failure) {
        LOG.warn("Schedules could not be looked at and are again in a second", failure);
        pause = AFTER_A_FAILURE;
      }
    }
  }

  /** Waits until then or until woken; answers whether to go on. */
  private boolean await(Duration pause) {
    lock.lock();
    try {
      long left = pause.toNanos();
      while (!woken && !closed && left > 0) {
        left = news.awaitNanos(left);
      }
      woken = false;
      return !closed;
    } catch (InterruptedException stop) {
      return false;
    } finally {
      lock.unlock();
    }
  }
}
