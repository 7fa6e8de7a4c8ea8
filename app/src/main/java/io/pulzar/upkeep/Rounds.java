package io.pulzar.upkeep;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does some upkeep again and again on a thread of its own, until closed. A round that fails is
 * logged and does not end the rounds; see {@link Loop}.
 */
public final class Rounds implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  /** Without a sign of life for so long, a loop counts as stuck. */
  private static final Duration LATE = Duration.ofMinutes(2);

  /** How long a stop waits for the round under way, and then again after interrupting it. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** One round of upkeep. */
  @FunctionalInterface
  public interface Round {

    /** Asks {@code progress} between its steps whether to go on, so that no stop waits for it. */
    void run(Progress progress) throws InterruptedException;
  }

  /** What a round looks at between its steps. */
  @FunctionalInterface
  public interface Progress {

    /** A sign of life; false when the round is to end, because the server stops. */
    boolean goesOn();
  }

  private final String name;
  private final Duration pause;
  private final Round round;
  private final Loop loop;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  private Rounds(String name, Duration pause, Round round, Loop loop) {
    this.name = name;
    this.pause = pause;
    this.round = round;
    this.loop = loop;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  /**
   * Begins with the first round at once.
   *
   * @param name of the upkeep, in the log and in {@code /health}
   * @param pause between the end of a round and the next one
   */
  public static Rounds start(Loops loops, String name, Duration pause, Round round) {
    return start(loops, name, pause, LATE, round);
  }

  /**
   * The same for a loop that many wait for.
   *
   * @param late without a sign of life for so long, it counts as stuck
   */
  public static Rounds start(Loops loops, String name, Duration pause, Duration late, Round round) {
    Rounds rounds = new Rounds(name, pause, round, loops.add(name, pause.plus(late)));
    rounds.thread.start();
    return rounds;
  }

  /** Ends after the step under way, if that ends soon; else without it. */
  @Override
  public void close() {
    closed.countDown();
    loop.end();
    try {
      if (!thread.join(PATIENCE)) {
        thread.interrupt();
        if (!thread.join(PATIENCE)) {
          LOG.warn("{} waits for something and is left behind", name);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      do {
        boolean _ = loop.round(() -> round.run(this::goesOn));
      } while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean goesOn() {
    loop.alive();
    return closed.getCount() > 0;
  }
}
