package io.pulzar.jobs;

import io.pulzar.jobs.DispatchState.HandOver;
import io.pulzar.jobs.JobOperations.Ack;
import io.pulzar.jobs.JobOperations.AttemptId;
import io.pulzar.jobs.JobOperations.AttemptResult;
import io.pulzar.jobs.JobOperations.Commands;
import io.pulzar.jobs.JobOperations.Finish;
import io.pulzar.jobs.JobOperations.PollReply;
import io.pulzar.jobs.JobOperations.RenewLeases;
import io.pulzar.jobs.JobOperations.Write;
import io.pulzar.jobs.JobState.Ended;
import io.pulzar.jobs.JobState.Running;
import io.pulzar.logs.RunFields;
import io.pulzar.storage.StorageException;
import io.pulzar.storage.UnreadableRecordException;
import io.pulzar.upkeep.RunningTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands pending jobs to nodes and takes back what becomes of them.
 *
 * <p>Memory decides who gets a job, the store decides whether a report counts. A hand-over does not
 * wait for its record, which is written at the same time: the number of an attempt is never used
 * twice ({@link Attempts#next}), so a report of an attempt that the store does not know, or knows
 * as over, is refused by number alone. Back to the queue, a job goes only after that was stored.
 *
 * <p>Threading: one lock over the {@link DispatchState}; never held while the store is asked or a
 * future is completed.
 */
final class Dispatcher {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final JobStore store;
  private final Clock clock;
  private final Function<JobRecord, LeasedJob> terms;
  private final ToIntFunction<JobRecord> retries;
  private final JobSignals signals;
  private final JobTransitions endings;
  private final ReentrantLock lock = new ReentrantLock();
  private final DispatchState state;

  /**
   * @param terms makes the lease for a job whose attempt is recorded in it
   * @param nodes what is known of those that ask
   * @param time by which leases run out
   * @param retries how often a job's script wants to be tried again after a failure
   */
  Dispatcher(
      JobStore store,
      DispatchRules rules,
      Clock clock,
      Function<JobRecord, LeasedJob> terms,
      ToIntFunction<JobRecord> retries,
      JobNodes nodes,
      JobSignals signals,
      RunningTime time) {
    this.store = store;
    this.clock = clock;
    this.terms = terms;
    this.retries = retries;
    this.signals = signals;
    this.endings = new JobTransitions(rules, store.epoch());
    this.state = new DispatchState(rules, store.epoch(), nodes, time);
  }

  /** Continues with what an earlier life of the master left. Called once, before anything else. */
  void recover() {
    Instant now = clock.instant();
    List<JobRecord> unfinished = store.unfinished();
    locked(
        () -> {
          for (JobRecord job : unfinished) {
            if (job.state() instanceof Running running) {
              AttemptId attempt = new AttemptId(job.id(), job.attempts().number());
              state.recover(attempt, running.lessee(), running.canceling(), now);
            } else {
              PendingJob.of(job).ifPresent(waiting -> state.add(waiting, now));
            }
          }
          return unfinished.size();
        });
  }

  /**
   * The master's port is open: from now on nodes can be heard, and their silence means something.
   */
  void opened() {
    locked(
        () -> {
          state.open();
          return true;
        });
    tick();
  }

  /** A job is stored as pending: gives it to a node that waits, or keeps it in line. */
  void offer(JobRecord job) {
    PendingJob.of(job).ifPresent(this::queue);
  }

  /** A node has a free slot. The answer may take {@link JobOperations#PATIENCE}. */
  CompletionStage<PollReply> take(LeaseHolder lessee) {
    Instant now = clock.instant();
    CompletableFuture<PollReply> answer = new CompletableFuture<>();
    noteIncarnation(lessee);
    handOver(
        locked(
            () -> {
              state.addTake(lessee, answer, now);
              return state.match(now);
            }));
    return answer;
  }

  /** A node says what it holds, and waits for orders. */
  CompletionStage<Commands> hold(RenewLeases hold) {
    Instant now = clock.instant();
    CompletableFuture<Commands> answer = new CompletableFuture<>();
    noteIncarnation(hold.lessee());
    locked(() -> state.renew(hold, answer, now)).run();
    handOver(locked(() -> state.wake(now)));
    return answer;
  }

  /** Stores what a run wrote. */
  CompletionStage<Ack> write(Write write) {
    AttemptId attempt = write.attempt();
    Instant now = clock.instant();
    locked(() -> state.heldOrAdopted(attempt, write.lessee(), now));
    OutputChunkKey key = new OutputChunkKey(attempt.job(), attempt.attempt(), write.sequence());
    return store
        .append(key, write.piece(), endings.started(attempt, write.lessee(), now))
        .thenApply(
            stored -> {
              signals.wrote(attempt.job());
              return new Ack(stored);
            })
        .exceptionally(Dispatcher::notIfUnreadable);
  }

  /** Stores the end of a run. */
  CompletionStage<Ack> finish(Finish finish) {
    AttemptId attempt = finish.attempt();
    Instant now = clock.instant();
    locked(
        () -> {
          Optional<ActiveLease> lease = state.heldOrAdopted(attempt, finish.lessee(), now);
          lease.ifPresent(mine -> mine.settling = true);
          return lease;
        });
    OutputChunkKey key = new OutputChunkKey(attempt.job(), attempt.attempt(), finish.sequence());
    JobTransitions.Rule end = endings.finished(finish, retriesOf(finish), now);
    return settling(
            attempt,
            store.change(
                key,
                finish.rest(),
                finish.result(),
                endings.startedThen(attempt, finish.lessee(), now, end)))
        .thenApply(changed -> new Ack(changed.isPresent()))
        .exceptionally(Dispatcher::notIfUnreadable);
  }

  /** Nothing counts any more of a job that can't be read: to report it again would be in vain. */
  private static Ack notIfUnreadable(Throwable failure) {
    if (isUnreadable(failure)) {
      return new Ack(false);
    }
    throw failure instanceof CompletionException known ? known : new CompletionException(failure);
  }

  private static boolean isUnreadable(Throwable failure) {
    return failure instanceof UnreadableRecordException
        || (failure instanceof CompletionException
            && failure.getCause() instanceof UnreadableRecordException);
  }

  /**
   * Stops a job.
   *
   * @return the job as it is now; empty when it had ended already or is unknown
   */
  CompletionStage<Optional<JobRecord>> cancel(long id) {
    return cancel(id, job -> true);
  }

  /** The same for a job that fits; others stay as they are, and the answer is empty. */
  CompletionStage<Optional<JobRecord>> cancel(long id, Predicate<JobRecord> fits) {
    Instant now = clock.instant();
    Optional<PendingJob> waiting = locked(() -> state.remove(id));
    return store
        .change(id, job -> fits.test(job) ? job.canceled(now) : Optional.empty())
        .whenComplete(
            (changed, failure) -> {
              if (failure != null) {
                waiting.ifPresent(this::queue);
              } else {
                changed.ifPresent(this::canceled);
              }
            });
  }

  /** Lets time pass: leases expire, retries become due, open questions are answered. */
  void tick() {
    Instant now = clock.instant();
    locked(() -> state.expire()).forEach(this::settleLost);
    handOver(locked(() -> state.wake(now)));
    locked(() -> state.answerOld(now)).run();
  }

  /** Answers everybody who waits with nothing, because the master stops. */
  void stop() {
    locked(state::answerAll).run();
  }

  int pending() {
    return locked(state::pending);
  }

  DispatchCounts counts() {
    return locked(state::counts);
  }

  private void noteIncarnation(LeaseHolder lessee) {
    DispatchState.NewIncarnation newIncarnation = locked(() -> state.noteIncarnation(lessee));
    newIncarnation.lost().forEach(this::settleLost);
    newIncarnation.answers().run();
  }

  private void queue(PendingJob job) {
    Instant now = clock.instant();
    handOver(
        locked(
            () -> {
              state.add(job, now);
              return state.match(now);
            }));
  }

  private void handOver(List<HandOver> pairs) {
    for (HandOver pair : pairs) {
      try {
        handOver(pair);
      } catch (StorageException e) {
        if (isUnreadable(e)) {
          giveUp(pair, e);
        } else {
          putBack(pair, e);
        }
      } catch (RuntimeException e) {
        giveUp(pair, e);
      }
    }
  }

  /** The storage does not answer: the node is told so, and the job keeps its place. */
  private void putBack(HandOver pair, StorageException failure) {
    locked(
        () -> {
          state.putBack(pair, clock.instant());
          return pair;
        });
    pair.answer().completeExceptionally(failure);
  }

  /** The others wait for what is theirs. This one is looked at again after a restart. */
  private void giveUp(HandOver pair, RuntimeException failure) {
    LOG.error("job {} can't be handed out: {}", pair.lease().attempt.job(), failure.toString());
    release(pair.lease().attempt);
    pair.answer().complete(PollReply.NOTHING);
  }

  private void handOver(HandOver pair) {
    ActiveLease lease = pair.lease();
    AttemptId attempt = lease.attempt;
    JobTransitions.Rule start = endings.started(attempt, lease.lessee, lease.started);
    Optional<JobRecord> job = store.find(attempt.job()).flatMap(start);
    if (job.isEmpty()) {
      // Canceled between its record and its place in the queue.
      release(attempt);
      pair.answer().complete(PollReply.NOTHING);
      return;
    }
    LeasedJob leased = terms.apply(job.get());
    store
        .change(attempt.job(), start)
        .whenComplete(
            (changed, failure) -> {
              if (failure != null) {
                try (RunFields _ = RunFields.of(attempt.job(), job.get().submission().path())) {
                  LOG.warn("the start of job {} could not be recorded yet", attempt.job(), failure);
                }
              } else if (changed.isEmpty()) {
                // The store had ended the job before, or the node has reported its end already.
                locked(() -> state.orderForget(lease, clock.instant())).run();
              }
            });
    pair.answer().complete(new PollReply(Optional.of(leased)));
  }

  private void canceled(JobRecord job) {
    if (job.state() instanceof Ended) {
      signals.ended(job);
    } else {
      locked(() -> state.orderCancel(job.id(), clock.instant())).run();
    }
  }

  private void settleLost(ActiveLease lease) {
    AttemptId attempt = lease.attempt;
    try (RunFields _ = RunFields.of(attempt.job())) {
      LOG.warn(
          "node {} was lost with job {}, attempt {}",
          lease.lessee.node(),
          attempt.job(),
          attempt.attempt());
    }
    JobTransitions.Rule lost = endings.lost(attempt, clock.instant());
    var _ =
        settling(
            attempt,
            store.change(
                attempt.job(), endings.startedThen(attempt, lease.lessee, lease.started, lost)));
  }

  private CompletionStage<Optional<JobRecord>> settling(
      AttemptId attempt, CompletionStage<Optional<JobRecord>> change) {
    return change.whenComplete(
        (changed, failure) -> {
          if (failure != null && isUnreadable(failure)) {
            release(attempt);
          } else if (failure != null) {
            goOn(attempt);
          } else {
            settled(attempt, changed);
          }
        });
  }

  /** An end could not be stored: the lease goes on, and the report is repeated. */
  private void goOn(AttemptId attempt) {
    locked(
        () -> {
          Optional<ActiveLease> lease = state.find(attempt);
          lease.ifPresent(mine -> mine.settling = false);
          return lease;
        });
  }

  private void settled(AttemptId attempt, Optional<JobRecord> changed) {
    release(attempt);
    changed.ifPresent(
        job -> {
          if (job.state() instanceof Ended) {
            signals.ended(job);
          } else {
            signals.wrote(job.id());
            offer(job);
          }
        });
  }

  private void release(AttemptId attempt) {
    locked(
        () -> {
          state.release(attempt);
          return attempt;
        });
  }

  /** Asked before the transaction, because the answer may need the script's file. */
  private int retriesOf(Finish finish) {
    if (finish.ending() != AttemptResult.FAILED) {
      return 0;
    }
    return store.findReadable(finish.attempt().job()).map(retries::applyAsInt).orElse(0);
  }

  private <R> R locked(Supplier<R> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
