package io.pulzar.jobs;

import io.pulzar.http.TextStream;
import io.pulzar.jobs.JobState.Ended;
import io.pulzar.storage.Entry;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * The log of one job as server-sent events: one event for each piece, with the piece's place as its
 * id, and {@code end} with the job's state as the last. A client that lost the connection sends the
 * last id and goes on there.
 *
 * <p>Threading: one thread at a time asks for events, and blocks while there are none.
 */
final class LogFollower implements TextStream.Source, JobListener {

  private static final int PIECES_AT_A_TIME = 100;
  private static final int SILENCE_SECONDS = 15;

  private final JobHistory history;
  private final JobRequests requests;
  private final JobSignals.Listening listening;
  private final Semaphore changes = new Semaphore(1);
  private final Queue<String> ready = new ArrayDeque<>();
  private final UnaryOperator<String> form;
  private final Executor threads;
  private OutputChunkKey last;
  private boolean done;
  private volatile boolean closed;

  /**
   * @param form writes a piece's log as the lines of an event's data
   * @param threads where it waits for news
   */
  LogFollower(
      JobHistory history,
      JobRequests requests,
      JobSignals signals,
      OutputChunkKey after,
      UnaryOperator<String> form,
      Executor threads) {
    this.threads = threads;
    this.history = history;
    this.requests = requests;
    this.last = after;
    this.form = form;
    this.listening = signals.listen(after.job(), this);
  }

  /** The next event, or a comment that keeps the connection open; empty after the end. */
  @Override
  public CompletionStage<Optional<String>> next() {
    return CompletableFuture.supplyAsync(this::await, threads);
  }

  private Optional<String> await() {
    while (ready.isEmpty() && !done && !closed) {
      if (!gather() && !awaitChange()) {
        return Optional.of(": still there\n\n");
      }
    }
    return Optional.ofNullable(ready.poll());
  }

  @Override
  public void wrote() {
    changes.release();
  }

  @Override
  public void ended(JobRecord job) {
    changes.release();
  }

  @Override
  public void close() {
    listening.close();
    closed = true;
    changes.release();
  }

  /** Reads what there is; the state first, so that an end means that all pieces are there. */
  private boolean gather() {
    JobRecord job = requests.existing(last.job());
    var pieces = history.piecesAfter(last, PIECES_AT_A_TIME);
    for (Entry<OutputChunkKey, OutputChunk> piece : pieces) {
      last = piece.key();
      if (!piece.value().log().isEmpty()) {
        ready.add(event(piece.key(), piece.value().log()));
      }
    }
    if (pieces.isEmpty() && job.state() instanceof Ended) {
      ready.add("event: end\ndata: " + job.state().word() + "\n\n");
      done = true;
    }
    return !pieces.isEmpty() || done;
  }

  private boolean awaitChange() {
    try {
      boolean changed = changes.tryAcquire(SILENCE_SECONDS, TimeUnit.SECONDS);
      changes.drainPermits();
      return changed;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      done = true;
      return true;
    }
  }

  private String event(OutputChunkKey key, String log) {
    return "id: " + key.text() + "\n" + form.apply(log) + "\n";
  }

  /** One line of data for each line of the log. */
  static String lines(String log) {
    StringBuilder data = new StringBuilder();
    String lines = log.endsWith("\n") ? log.substring(0, log.length() - 1) : log;
    for (String line : lines.split("\r\n|\r|\n", -1)) {
      data.append("data: ").append(line).append('\n');
    }
    return data.toString();
  }
}
