package io.pulzar.schedules;

import io.pulzar.upkeep.Loop;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The one thread that waits for due times and for ends of runs. */
final class ScheduleTimer implements AutoCloseable {

  /** How long a stop waits for the step under way. */
  private static final Duration LONGEST_END = Duration.ofSeconds(2);

  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);

  /** It comes round once a second. */
  static final Duration LATE = Duration.ofSeconds(30);

  private final DueRunner firing;
  private final Loop loop;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Thread thread;
  private boolean recovered;
  private Duration pause = Duration.ZERO;
  private boolean woken;
  private boolean closed;

  ScheduleTimer(DueRunner firing, Loop loop) {
    this.firing = firing;
    this.loop = loop;
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
    loop.end();
    lock.lock();
    try {
      closed = true;
      news.signal();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(LONGEST_END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (await(pause)) {
        if (!loop.round(this::round)) {
          pause = AFTER_A_FAILURE;
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void round() {
    if (!recovered) {
      firing.recover();
      recovered = true;
    }
    pause = firing.round(this::goesOn);
  }

  private boolean goesOn() {
    loop.alive();
    lock.lock();
    try {
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until then or until woken; answers whether to go on. */
  private boolean await(Duration longest) {
    lock.lock();
    try {
      long left = longest.toNanos();
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
