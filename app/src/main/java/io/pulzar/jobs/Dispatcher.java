package io.pulzar.jobs;

import io.pulzar.jobs.JobOperations.AttemptId;
import io.pulzar.jobs.JobOperations.Ending;
import io.pulzar.jobs.JobOperations.Finish;
import io.pulzar.jobs.JobOperations.Hold;
import io.pulzar.jobs.JobOperations.Orders;
import io.pulzar.jobs.JobOperations.Taken;
import io.pulzar.jobs.JobOperations.Verdict;
import io.pulzar.jobs.JobOperations.Write;
import io.pulzar.jobs.JobState.Ended;
import io.pulzar.jobs.JobState.Running;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
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
 * <p>Threading: one lock over the state in memory; never held while the store is asked or a future
 * is completed.
 */
final class Dispatcher {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final JobStore store;
  private final DispatchRules rules;
  private final Clock clock;
  private final Function<JobRecord, Lease> terms;
  private final ToIntFunction<JobRecord> retries;
  private final JobSignals signals;

  private final ReentrantLock lock = new ReentrantLock();
  private final PendingQueue pending = new PendingQueue();
  private final Map<Long, Held> held = new HashMap<>();
  private final OpenQuestions questions;
  private final JobEndings endings;
  private final NodeLives lives = new NodeLives();

  /**
   * @param terms makes the lease for a job whose attempt is recorded in it
   * @param retries how often a job's script wants to be tried again after a failure
   */
  Dispatcher(
      JobStore store,
      DispatchRules rules,
      Clock clock,
      Function<JobRecord, Lease> terms,
      ToIntFunction<JobRecord> retries,
      JobSignals signals) {
    this.store = store;
    this.rules = rules;
    this.clock = clock;
    this.terms = terms;
    this.retries = retries;
    this.signals = signals;
    this.questions = new OpenQuestions(rules.renewWithin());
    this.endings = new JobEndings(rules, store.life());
  }

  /** Continues with what an earlier life of the master left. Called once, before anything else. */
  void recover() {
    Instant now = clock.instant();
    locked(
        () -> {
          for (JobRecord job : store.unfinished()) {
            if (job.state() instanceof Running running) {
              Held recovered = hold(job.id(), job.attempts().number(), running.lessee(), now);
              recovered.canceling = running.canceling();
            } else {
              PendingJob.of(job).ifPresent(waiting -> pending.add(waiting, now));
            }
          }
          return true;
        });
  }

  /** A job is stored as pending: gives it to a node that waits, or keeps it in line. */
  void offer(JobRecord job) {
    PendingJob.of(job)
        .map(
            waiting ->
                locked(
                    () -> {
                      pending.add(waiting, clock.instant());
                      return match();
                    }))
        .ifPresent(this::handOver);
  }

  /** A node has a free slot. The answer may take {@link JobOperations#PATIENCE}. */
  CompletionStage<Taken> take(Lessee lessee) {
    Instant now = clock.instant();
    CompletableFuture<Taken> answer = new CompletableFuture<>();
    List<Held> lost = new ArrayList<>();
    List<HandOver> handOvers =
        locked(
            () -> {
              lost.addAll(noteLife(lessee));
              questions.addTake(lessee, answer, now.plus(JobOperations.PATIENCE));
              return match();
            });
    lost.forEach(this::settleLost);
    handOver(handOvers);
    return answer;
  }

  /** A node says what it holds, and waits for orders. */
  CompletionStage<Orders> hold(Hold hold) {
    Instant now = clock.instant();
    CompletableFuture<Orders> answer = new CompletableFuture<>();
    List<Held> lost = new ArrayList<>();
    Runnable answers =
        locked(
            () -> {
              lost.addAll(noteLife(hold.lessee()));
              Runnable takes = hold.leaving() ? questions.endTakes(hold.lessee()) : () -> {};
              List<AttemptId> forget = new ArrayList<>();
              for (AttemptId attempt : hold.attempts()) {
                Optional<Held> mine = heldOrAdopted(attempt, hold.lessee(), now);
                mine.ifPresentOrElse(
                    still -> still.expires = now.plus(rules.leaseTime()),
                    () -> forget.add(attempt));
              }
              Runnable orders =
                  questions.addHold(hold.lessee(), answer, now, forget, held.values());
              return OpenQuestions.both(takes, orders);
            });
    lost.forEach(this::settleLost);
    answers.run();
    return answer;
  }

  /** Stores what a run wrote. */
  CompletionStage<Verdict> write(Write write) {
    AttemptId attempt = write.attempt();
    Instant now = clock.instant();
    locked(() -> heldOrAdopted(attempt, write.lessee(), now));
    PieceKey key = new PieceKey(attempt.job(), attempt.attempt(), write.sequence());
    return store
        .append(key, write.piece(), endings.started(attempt, write.lessee(), now))
        .thenApply(
            stored -> {
              signals.wrote(attempt.job());
              return new Verdict(stored);
            });
  }

  /** Stores the end of a run. */
  CompletionStage<Verdict> finish(Finish finish) {
    AttemptId attempt = finish.attempt();
    Instant now = clock.instant();
    locked(
        () -> {
          heldOrAdopted(attempt, finish.lessee(), now).ifPresent(mine -> mine.settling = true);
          return true;
        });
    PieceKey key = new PieceKey(attempt.job(), attempt.attempt(), finish.sequence());
    JobEndings.Rule end = endings.finished(finish, retriesOf(finish), now);
    return store
        .change(key, finish.rest(), endings.startedThen(attempt, finish.lessee(), now, end))
        .whenComplete((changed, failure) -> settled(attempt, changed, failure))
        .thenApply(changed -> new Verdict(changed.isPresent()));
  }

  /**
   * Stops a job.
   *
   * @return the job as it is now; empty when it had ended already or is unknown
   */
  CompletionStage<Optional<JobRecord>> cancel(long id) {
    Instant now = clock.instant();
    Optional<PendingJob> waiting = locked(() -> pending.remove(id));
    return store
        .change(id, job -> job.canceled(now))
        .whenComplete(
            (changed, failure) -> {
              if (failure != null) {
                waiting.ifPresent(this::putBack);
              } else {
                changed.ifPresent(this::canceled);
              }
            });
  }

  /** Lets time pass: leases expire, retries become due, open questions are answered. */
  void tick() {
    Instant now = clock.instant();
    List<Held> lost = new ArrayList<>();
    List<HandOver> handOvers = new ArrayList<>();
    Runnable answers =
        locked(
            () -> {
              for (Held lease : held.values()) {
                if (!lease.settling && lease.expires.isBefore(now)) {
                  lost.add(lease);
                }
              }
              lost.forEach(lease -> lease.settling = true);
              if (pending.wake(now)) {
                handOvers.addAll(match());
              }
              return questions.answerOld(now, held.values());
            });
    lost.forEach(this::settleLost);
    handOver(handOvers);
    answers.run();
  }

  /** Answers everybody who waits with nothing, because the master stops. */
  void stop() {
    locked(questions::answerAll).run();
  }

  int pending() {
    return locked(pending::size);
  }

  DispatchCounts counts() {
    return locked(() -> new DispatchCounts(pending.size(), held.size(), questions.takes()));
  }

  private record HandOver(Held lease, CompletableFuture<Taken> answer) {}

  /** Pairs waiting jobs with waiting nodes. Under the lock. */
  private List<HandOver> match() {
    Instant now = clock.instant();
    List<HandOver> pairs = new ArrayList<>();
    for (String node : questions.nodesByFreeSlots()) {
      while (questions.hasTake(node)) {
        Optional<PendingJob> job = pending.takeFor(node);
        if (job.isEmpty()) {
          break;
        }
        OpenQuestions.WaitingTake take = questions.nextTake(node);
        int number = job.get().attempts().next(store.life());
        pairs.add(new HandOver(hold(job.get().id(), number, take.lessee(), now), take.answer()));
      }
    }
    return pairs;
  }

  private void handOver(List<HandOver> pairs) {
    pairs.forEach(this::handOver);
  }

  private void handOver(HandOver pair) {
    Held lease = pair.lease();
    AttemptId attempt = lease.attempt;
    JobEndings.Rule start = endings.started(attempt, lease.lessee, lease.started);
    Optional<JobRecord> job = store.find(attempt.job()).flatMap(start);
    if (job.isEmpty()) {
      // Canceled between its record and its place in the queue.
      locked(() -> held.remove(attempt.job(), lease));
      pair.answer().complete(Taken.NOTHING);
      return;
    }
    store
        .change(attempt.job(), start)
        .whenComplete(
            (changed, failure) -> {
              if (failure != null) {
                LOG.warn("The start of job {} could not be recorded yet", attempt.job(), failure);
              } else if (changed.isEmpty()) {
                revoke(lease);
              }
            });
    pair.answer().complete(new Taken(Optional.of(terms.apply(job.get()))));
  }

  /** The store had ended the job before its start was recorded. */
  private void revoke(Held lease) {
    locked(
            () -> {
              if (lease.settling) {
                return (Runnable) () -> {};
              }
              lease.revoked = true;
              return questions.order(lease, clock.instant());
            })
        .run();
  }

  private void canceled(JobRecord job) {
    if (job.state() instanceof Ended) {
      signals.ended(job);
      return;
    }
    locked(
            () -> {
              Held lease = held.get(job.id());
              if (lease == null) {
                return (Runnable) () -> {};
              }
              lease.canceling = true;
              return questions.order(lease, clock.instant());
            })
        .run();
  }

  private void putBack(PendingJob job) {
    handOver(
        locked(
            () -> {
              pending.add(job, clock.instant());
              return match();
            }));
  }

  private void settleLost(Held lease) {
    AttemptId attempt = lease.attempt;
    Instant now = clock.instant();
    LOG.warn(
        "Node {} was lost with job {} (attempt {})",
        lease.lessee.node(),
        attempt.job(),
        attempt.attempt());
    JobEndings.Rule lost = endings.lost(attempt, now);
    store
        .change(attempt.job(), endings.startedThen(attempt, lease.lessee, lease.started, lost))
        .whenComplete((changed, failure) -> settled(attempt, changed, failure));
  }

  private void settled(
      AttemptId attempt, Optional<JobRecord> changed, @Nullable Throwable failure) {
    if (failure != null) {
      locked(
          () -> {
            Held lease = held.get(attempt.job());
            if (lease != null && lease.attempt.equals(attempt)) {
              lease.settling = false;
            }
            return true;
          });
      return;
    }
    locked(
        () -> {
          Held lease = held.get(attempt.job());
          return lease != null
              && lease.attempt.equals(attempt)
              && held.remove(attempt.job(), lease);
        });
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

  /** The lease with exactly this attempt, also one that an earlier life forgot. Under the lock. */
  private Optional<Held> heldOrAdopted(AttemptId attempt, Lessee lessee, Instant now) {
    Held known = held.get(attempt.job());
    if (known != null) {
      return known.attempt.equals(attempt) && !known.revoked
          ? Optional.of(known)
          : Optional.empty();
    }
    boolean forgotten =
        pending
            .find(attempt.job())
            .filter(job -> job.attempts().mayHaveLost(attempt.attempt(), store.life()))
            .isPresent();
    if (!forgotten) {
      return Optional.empty();
    }
    pending.remove(attempt.job());
    return Optional.of(hold(attempt.job(), attempt.attempt(), lessee, now));
  }

  private Held hold(long job, int number, Lessee lessee, Instant now) {
    Held lease = new Held(new AttemptId(job, number), lessee, now, now.plus(rules.leaseTime()));
    held.put(job, lease);
    return lease;
  }

  /** Marks what an earlier life of this node held as lost. Under the lock. */
  private List<Held> noteLife(Lessee lessee) {
    if (!lives.isNew(lessee)) {
      return List.of();
    }
    List<Held> lost = new ArrayList<>();
    for (Held lease : held.values()) {
      if (lease.lessee.node().equals(lessee.node())
          && !lease.lessee.equals(lessee)
          && !lease.settling) {
        lease.settling = true;
        lost.add(lease);
      }
    }
    return lost;
  }

  /** Asked before the transaction, because the answer may need the script's file. */
  private int retriesOf(Finish finish) {
    if (finish.ending() != Ending.FAILED) {
      return 0;
    }
    return store.find(finish.attempt().job()).map(retries::applyAsInt).orElse(0);
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
