package io.pulzar.storage.engine;

import io.pulzar.storage.StorageClosedException;
import io.pulzar.storage.StorageException;
import io.pulzar.storage.StorageLostException;
import io.pulzar.storage.StorageUnavailableException;
import io.pulzar.storage.WriteActivity;
import io.pulzar.storage.WriteTransaction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes. While a commit syncs, further writes gather; the next commit takes
 * them all. So one client waits for one sync, and the rate under load is bounded by the bodies, not
 * by syncs.
 */
public final class WriterThread implements AutoCloseable {

  /** Failures in a row, beside those of what is written. */
  private static final int MOST_FAILURES = 5;

  private final GroupCommit transactions;
  private final int mostInGroup;
  private final BlockingQueue<Waiting<?>> queue;

  /** What continuations of finished writes write, on the writer's own thread; never blocks it. */
  private final Queue<Waiting<?>> own = new ArrayDeque<>();

  private final Thread thread;
  private final AtomicLong commits = new AtomicLong();
  private final AtomicLong writes = new AtomicLong();
  private volatile boolean ended;
  private volatile @Nullable String loss;
  private int failures;

  /**
   * Starts it.
   *
   * @param name of the thread
   * @param mostWaiting bodies that wait; more block their callers
   * @param mostInGroup bodies that share one commit
   */
  public WriterThread(String name, GroupCommit transactions, int mostWaiting, int mostInGroup) {
    this.transactions = transactions;
    this.mostInGroup = mostInGroup;
    this.queue = new ArrayBlockingQueue<>(mostWaiting);
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    thread.start();
  }

  /** See {@link io.pulzar.storage.Database#writeAndWait}. */
  public <R> R submitAndWait(Function<WriteTransaction, R> body) {
    if (isCurrent()) {
      throw new IllegalStateException("the writer cannot wait for itself");
    }
    CompletableFuture<R> done = submit(body);
    try {
      return done.join();
    } catch (CompletionException failed) {
      throw unwrapped(failed);
    }
  }

  private static RuntimeException unwrapped(CompletionException failed) {
    if (failed.getCause() instanceof Error error) {
      throw error;
    }
    return failed.getCause() instanceof RuntimeException cause ? cause : failed;
  }

  /** Queues a body; blocks while the queue is full. */
  public <R> CompletableFuture<R> submit(Function<WriteTransaction, R> body) {
    Waiting<R> waiting = new Waiting<>(body);
    if (isCurrent()) {
      own.add(waiting);
    } else if (ended) {
      waiting.fail(closed());
    } else {
      enqueue(waiting);
      if (ended) {
        failQueued();
      }
    }
    return waiting.done;
  }

  private boolean isCurrent() {
    return Thread.currentThread().equals(thread);
  }

  /** What it did since it was started. */
  public WriteActivity activity() {
    return new WriteActivity(commits.get(), writes.get(), queue.size());
  }

  /** Writes what is queued, then ends. */
  @Override
  public void close() {
    if (!ended) {
      enqueue(new Waiting<>(Waiting.NOTHING, true));
    }
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<Waiting<?>> group = new ArrayList<>();
    boolean last = false;
    while (!last) {
      try {
        group.clear();
        if (own.isEmpty()) {
          group.add(queue.take());
        }
        while (group.size() < mostInGroup && !own.isEmpty()) {
          group.add(own.remove());
        }
        queue.drainTo(group, mostInGroup - group.size());
        last = group.stream().anyMatch(waiting -> waiting.last);
        commit(group);
        failures = 0;
      } catch (InterruptedException ignored) {
        // Nobody but close() ends this thread, and it does so with a queued mark.
      } catch (RuntimeException | Error failure) {
        survive(group, failure);
      }
    }
    ended = true;
    own.forEach(waiting -> waiting.fail(closed()));
    failQueued();
  }

  /** Why nothing is written any more; empty: it is. */
  public Optional<String> loss() {
    return Optional.ofNullable(loss);
  }

  /** Whoever waits for a write must hear of it, and whatever failed must not end the thread. */
  private void survive(List<Waiting<?>> group, Throwable failure) {
    failures++;
    if (failures >= MOST_FAILURES) {
      loss = "the thread that writes fails again and again: " + failure;
    }
    group.forEach(waiting -> waiting.fail(failure));
  }

  private void commit(List<Waiting<?>> group) {
    try {
      transactions.write(transaction -> group.forEach(waiting -> waiting.run(transaction)));
      commits.incrementAndGet();
      writes.addAndGet(group.size());
      group.forEach(Waiting::complete);
    } catch (RuntimeException | Error failure) {
      if (group.size() == 1 || concernsAll(failure)) {
        group.forEach(waiting -> waiting.fail(failure));
      } else {
        // One of them may be what the storage refuses, for instance by its size.
        group.forEach(waiting -> commit(List.of(waiting)));
      }
    }
  }

  private static boolean concernsAll(Throwable failure) {
    return failure instanceof StorageLostException
        || failure instanceof StorageUnavailableException;
  }

  private void enqueue(Waiting<?> waiting) {
    boolean interrupted = false;
    while (true) {
      try {
        queue.put(waiting);
        break;
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void failQueued() {
    for (Waiting<?> late = queue.poll(); late != null; late = queue.poll()) {
      late.fail(closed());
    }
  }

  private static StorageException closed() {
    return new StorageClosedException();
  }

  /** A body, its result, and who waits for it. */
  private static final class Waiting<R> {

    static final Function<WriteTransaction, Boolean> NOTHING = transaction -> true;

    private final Function<WriteTransaction, R> body;
    private final boolean last;
    private final CompletableFuture<R> done = new CompletableFuture<>();
    private @Nullable R result;
    private @Nullable Throwable failure;

    Waiting(Function<WriteTransaction, R> body) {
      this(body, false);
    }

    Waiting(Function<WriteTransaction, R> body, boolean last) {
      this.body = body;
      this.last = last;
    }

    void run(UndoableTransaction transaction) {
      int mark = transaction.mark();
      result = null;
      failure = null;
      try {
        result = body.apply(transaction);
      } catch (RuntimeException | Error thrown) {
        failure = thrown;
      }
      transaction.failIfBroken();
      if (failure != null) {
        transaction.undoTo(mark);
      }
    }

    @SuppressWarnings("NullAway") // without a failure the body returned a result
    void complete() {
      if (failure != null) {
        done.completeExceptionally(failure);
      } else {
        done.complete(result);
      }
    }

    void fail(Throwable cause) {
      done.completeExceptionally(cause);
    }
  }
}
