package io.pulzar.runner;

import io.pulzar.http.ApiException;
import io.pulzar.jobs.JobOperations;
import io.pulzar.jobs.JobOperations.Ack;
import io.pulzar.jobs.JobOperations.AttemptId;
import io.pulzar.jobs.JobOperations.Write;
import io.pulzar.jobs.LeaseHolder;
import io.pulzar.jobs.OutputChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends what one run writes, at most a tenth of a second late, one piece after the other. What is
 * left at the end travels with the report of the end; a short run needs no piece of its own.
 *
 * <p>Who writes faster than the master stores waits here, so that memory stays bounded.
 */
final class OutputChunkWriter {

  private static final long DELAY_MILLIS = 80;
  private static final long SILENCE_MILLIS = 5_000;
  private static final int MOST_UNSENT = 256 << 10;

  private final LeaseHolder lessee;
  private final AttemptId attempt;
  private final MasterQuestions master;
  private final ScheduledExecutorService timer;
  private final Executor threads;
  private final Runnable onRefusal;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private StringBuilder log = new StringBuilder();
  private List<String> output = new ArrayList<>();
  private int unsent;
  private int sequence;
  private boolean scheduled;
  private boolean inFlight;
  private boolean given;
  private boolean begun;

  /**
   * @param threads where sending may block
   * @param onRefusal called when the master says that the attempt no longer counts
   */
  OutputChunkWriter(
      LeaseHolder lessee,
      AttemptId attempt,
      MasterQuestions master,
      ScheduledExecutorService timer,
      Executor threads,
      Runnable onRefusal) {
    this.lessee = lessee;
    this.attempt = attempt;
    this.master = master;
    this.timer = timer;
    this.threads = threads;
    this.onRefusal = onRefusal;
  }

  /** A worker runs it: the master hears so with the first lines, or later when there are none. */
  void begun() {
    lock.lock();
    try {
      begun = true;
    } finally {
      lock.unlock();
    }
    var _ =
        timer.schedule(() -> threads.execute(this::send), SILENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  void log(String lines) {
    lock.lock();
    try {
      awaitRoom();
      log.append(lines);
      added(lines.length());
    } finally {
      lock.unlock();
    }
  }

  void output(String part) {
    lock.lock();
    try {
      awaitRoom();
      output.add(part);
      added(part.length() + 1);
    } finally {
      lock.unlock();
    }
  }

  /** Ends the sending: waits for the piece that is on its way, and returns what was not sent. */
  Rest rest() {
    lock.lock();
    try {
      given = true;
      while (inFlight) {
        changed.awaitUninterruptibly();
      }
      changed.signalAll();
      return new Rest(sequence, take());
    } finally {
      lock.unlock();
    }
  }

  /** What was not sent, and its place. */
  record Rest(int sequence, OutputChunk piece) {}

  private void added(int size) {
    unsent += size;
    schedule(unsent > MOST_UNSENT / 2 ? 0 : DELAY_MILLIS);
  }

  private void schedule(long delayMillis) {
    if (!scheduled && !inFlight && !given) {
      scheduled = true;
      var _ = timer.schedule(() -> threads.execute(this::send), delayMillis, TimeUnit.MILLISECONDS);
    }
  }

  private void send() {
    Optional<Write> next = next();
    if (next.isEmpty()) {
      return;
    }
    try {
      boolean accepted =
          master.ask(JobOperations.WRITE, next.get()).map(Ack::accepted).orElse(true);
      if (!accepted) {
        onRefusal.run();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (ApiException refused) {
      onRefusal.run();
    } finally {
      arrived();
    }
  }

  private Optional<Write> next() {
    lock.lock();
    try {
      scheduled = false;
      if (given || inFlight || (unsent == 0 && !begun)) {
        return Optional.empty();
      }
      inFlight = true;
      begun = false;
      return Optional.of(new Write(lessee, attempt, sequence++, take()));
    } finally {
      lock.unlock();
    }
  }

  private void arrived() {
    lock.lock();
    try {
      inFlight = false;
      if (unsent > 0) {
        schedule(unsent > MOST_UNSENT / 2 ? 0 : DELAY_MILLIS);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private OutputChunk take() {
    OutputChunk piece = new OutputChunk(log.toString(), List.copyOf(output));
    log = new StringBuilder();
    output = new ArrayList<>();
    unsent = 0;
    changed.signalAll();
    return piece;
  }

  private void awaitRoom() {
    while (unsent > MOST_UNSENT && !given) {
      changed.awaitUninterruptibly();
    }
  }
}
