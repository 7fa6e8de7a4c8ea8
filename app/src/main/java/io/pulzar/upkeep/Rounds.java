package io.pulzar.upkeep;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does some upkeep again and again on a thread of its own, until closed. A round that fails is
 * logged and does not end the rounds.
 */
public final class Rounds implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  /** One round of upkeep. */
  @FunctionalInterface
  public interface Round {
    void run() throws InterruptedException;
  }

  private final String name;
  private final Duration pause;
  private final Round round;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private String lastFailure = "";

  private Rounds(String name, Duration pause, Round round) {
    this.name = name;
    this.pause = pause;
    this.round = round;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  /**
   * Begins with the first round at once.
   *
   * @param name of the upkeep, for the log
   * @param pause between the end of a round and the next one
   */
  public static Rounds start(String name, Duration pause, Round round) {
    Rounds rounds = new Rounds(name, pause, round);
    rounds.thread.start();
    return rounds;
  }

  /** Ends after the round under way. */
  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      do {
        runOnce();
      } while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void runOnce() throws InterruptedException {
    try {
      round.run();
      if (!lastFailure.isEmpty()) {
        LOG.info("{} works again", name);
        lastFailure = "";
      }
    } catch (RuntimeException e) {
      Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
      if (!lastFailure.equals(cause.toString())) {
        lastFailure = cause.toString();
        LOG.warn("{} failed and is repeated every {}: {}", name, pause, lastFailure);
      }
    }
  }
}
