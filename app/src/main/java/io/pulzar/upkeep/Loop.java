package io.pulzar.upkeep;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One endless loop: runs its rounds, survives what can be survived, and tells how it is.
 *
 * <p>A round that fails ends nothing. That goes for Errors too: a class that cannot be loaded or a
 * stack that is too deep spoils one round. Memory that ran out may be there again, so the loop goes
 * on, but not for ever; an error of the JVM itself leaves no footing. Then the loop is lost, and
 * the process is to end: what was acknowledged is on the disk.
 *
 * <p>Threading: one thread runs the rounds, any thread may ask.
 */
public final class Loop {

  /** How a loop is; the later, the worse. */
  public enum Condition {
    /** Its rounds come and work. */
    FINE,
    /** Its last round failed; the next may work. */
    FAILING,
    /** Its next round should have come long ago. */
    LATE,
    /** The JVM is beyond use. */
    LOST
  }

  /**
   * How it is now.
   *
   * @param detail for a person; may be empty
   * @param last when the last round ended; empty: none has
   */
  public record State(Condition condition, String detail, Optional<Instant> last) {}

  /** What is done in a round. */
  @FunctionalInterface
  public interface Work {
    void run() throws InterruptedException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

  /** Rounds in a row that may run out of memory. */
  private static final int MOST_OUT_OF_MEMORY = 3;

  private final String name;
  private final Duration late;
  private final RunningTime time;
  private final InstantSource clock;
  private Duration heard;
  private Optional<Instant> last = Optional.empty();
  private String failure = "";
  private int outOfMemory;
  private boolean lost;
  private boolean ended;

  /**
   * @param late without a sign of life for so long, something is wrong
   */
  Loop(String name, Duration late, RunningTime time, InstantSource clock) {
    this.name = name;
    this.late = late;
    this.time = time;
    this.clock = clock;
    this.heard = time.now();
  }

  /**
   * Runs one round. A failure is told in the log once, not with each round.
   *
   * @return whether it worked
   */
  public boolean round(Work work) throws InterruptedException {
    try {
      work.run();
      worked();
      return true;
    } catch (RuntimeException | Error thrown) {
      note(thrown);
      return false;
    }
  }

  private void note(Throwable thrown) {
    try {
      failed(thrown);
    } catch (OutOfMemoryError again) {
      // It is counted, and the next one is told when there is memory to do so.
      synchronized (this) {
        heard = time.now();
      }
    }
  }

  /** A sign of life from within a round that takes long. */
  public synchronized void alive() {
    heard = time.now();
  }

  /** It is stopped on purpose: its silence means nothing any more. */
  public synchronized void end() {
    ended = true;
  }

  /** How it is now. */
  public synchronized State state() {
    Duration silence = time.now().minus(heard);
    if (lost) {
      return new State(Condition.LOST, failure, last);
    }
    if (!ended && silence.compareTo(late) > 0) {
      return new State(
          Condition.LATE, "no round has ended for " + silence.toSeconds() + " s", last);
    }
    return failure.isEmpty()
        ? new State(Condition.FINE, "", last)
        : new State(Condition.FAILING, "failed and is repeated: " + failure, last);
  }

  private synchronized void worked() {
    if (!failure.isEmpty()) {
      LOG.info("{} works again", name);
    }
    failure = "";
    outOfMemory = 0;
    ran();
  }

  private synchronized void failed(Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    outOfMemory = cause instanceof OutOfMemoryError ? outOfMemory + 1 : 0;
    lost |= outOfMemory >= MOST_OUT_OF_MEMORY || isBeyondUse(cause);
    ran();
    String before = failure;
    failure = "an error that could not be described";
    failure = cause.toString();
    if (!ended && !failure.equals(before)) {
      if (cause instanceof Error) {
        LOG.error("{} failed and is repeated", name, cause);
      } else {
        LOG.warn("{} failed and is repeated: {}", name, failure);
      }
    }
  }

  private void ran() {
    heard = time.now();
    last = Optional.of(clock.instant());
  }

  private static boolean isBeyondUse(Throwable cause) {
    return cause instanceof VirtualMachineError
        && !(cause instanceof OutOfMemoryError)
        && !(cause instanceof StackOverflowError);
  }
}
