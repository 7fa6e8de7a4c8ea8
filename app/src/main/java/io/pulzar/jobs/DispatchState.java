package io.pulzar.jobs;

import io.pulzar.jobs.JobOperations.AttemptId;
import io.pulzar.jobs.JobOperations.Commands;
import io.pulzar.jobs.JobOperations.PollReply;
import io.pulzar.jobs.JobOperations.RenewLeases;
import io.pulzar.upkeep.RunningTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * What the master keeps in memory about jobs: the queue, the leases, and the questions of nodes.
 * Not safe for threads: {@link Dispatcher} guards it. Nothing here reads or writes the disk or
 * completes a future; what is to be done then is returned.
 */
final class DispatchState {

  /** A job and the node that gets it. */
  record HandOver(PendingJob job, ActiveLease lease, CompletableFuture<PollReply> answer) {}

  private final long epoch;
  private final PendingQueue pending = new PendingQueue();
  private final Map<Long, ActiveLease> held = new HashMap<>();
  private final PendingPolls questions;
  private final JobNodes nodes;
  private final RecentValues values = new RecentValues();
  private final Incarnations lives = new Incarnations();
  private final RunningTime time;
  private final NodeContacts contacts;

  /**
   * Jobs that an earlier life of the master may have handed out without a record. They wait until
   * every node has said what it holds, so that none runs twice.
   */
  private final Map<Long, PendingJob> early = new TreeMap<>();

  private boolean complete;

  /**
   * @param time by which leases run out
   */
  DispatchState(DispatchRules rules, long epoch, JobNodes nodes, RunningTime time) {
    this.time = time;
    this.contacts = new NodeContacts(rules.leaseTime(), nodes);
    this.nodes = nodes;
    this.epoch = epoch;
    this.questions = new PendingPolls(rules.renewWithin());
  }

  int pending() {
    return pending.size() + early.size();
  }

  /** From now on nodes can be heard. */
  void open() {
    contacts.open(time.now());
  }

  DispatchCounts counts() {
    return new DispatchCounts(pending(), held.size(), questions.takes());
  }

  /** Queues a job, unless it is queued or handed out already. */
  void add(PendingJob job, Instant now) {
    if (held.containsKey(job.id()) || find(job.id()).isPresent()) {
      return;
    }
    if (!complete && job.attempts().epoch() != epoch) {
      early.put(job.id(), job);
    } else {
      pending.add(job, now);
    }
  }

  Optional<PendingJob> remove(long job) {
    return Optional.ofNullable(early.remove(job)).or(() -> pending.remove(job));
  }

  private Optional<PendingJob> find(long job) {
    return Optional.ofNullable(early.get(job)).or(() -> pending.find(job));
  }

  /**
   * Continues a lease of an earlier life of the master; its node has the lease time to report, from
   * when it can be heard.
   */
  void recover(AttemptId attempt, LeaseHolder lessee, boolean canceling, Instant now) {
    hold(attempt, lessee, now).canceling = canceling;
  }

  void addTake(LeaseHolder lessee, CompletableFuture<PollReply> answer, Instant now) {
    questions.addTake(lessee, answer, now.plus(JobOperations.PATIENCE));
  }

  /**
   * Pairs waiting jobs with waiting nodes. A job goes to a fit node that has had its value of late,
   * else to the one with the most free slots, and where these are equal to the one with the most
   * headroom. Only nodes that wait are compared, so that no job waits for a busy one while a lesser
   * one is free.
   */
  List<HandOver> match(Instant now) {
    List<HandOver> pairs = new ArrayList<>();
    Map<String, Integer> free = questions.freeSlots();
    for (PendingQueue.Dealt dealt : pending.deal(() -> !free.isEmpty(), job -> take(job, free))) {
      PendingPolls.WaitingTake take = questions.nextTake(dealt.node());
      PendingJob job = dealt.job();
      AttemptId attempt = new AttemptId(job.id(), job.attempts().next(epoch));
      pairs.add(new HandOver(job, hold(attempt, take.lessee(), now), take.answer()));
    }
    return pairs;
  }

  private Optional<String> take(PendingJob job, Map<String, Integer> free) {
    Collection<String> having = job.data().map(values::of).orElse(List.of());
    Comparator<String> best =
        Comparator.<String, Boolean>comparing(having::contains)
            .thenComparingInt(node -> free.getOrDefault(node, 0))
            .thenComparingDouble(nodes::headroom);
    Optional<String> chosen =
        free.keySet().stream().filter(name -> nodes.fits(name, job.need())).max(best);
    chosen.ifPresent(
        node -> {
          free.merge(node, -1, (had, one) -> had > 1 ? had + one : null);
          job.data().ifPresent(key -> values.given(key, node));
        });
    return chosen;
  }

  /** Renews what a node holds and answers it, at once when there are orders for it. */
  Runnable renew(RenewLeases hold, CompletableFuture<Commands> answer, Instant now) {
    Runnable takes = hold.leaving() ? questions.endTakes(hold.lessee()) : () -> {};
    List<AttemptId> forget = new ArrayList<>();
    Duration heard = time.now();
    for (AttemptId attempt : hold.attempts()) {
      heldOrAdopted(attempt, hold.lessee(), now)
          .ifPresentOrElse(lease -> lease.renewed = heard, () -> forget.add(attempt));
    }
    contacts.spoke(hold.lessee(), heard);
    return PendingPolls.both(
        takes, questions.addRenewal(hold.lessee(), answer, now, forget, held.values()));
  }

  /** The lease with exactly this attempt, also one that an earlier life of the master forgot. */
  Optional<ActiveLease> heldOrAdopted(AttemptId attempt, LeaseHolder lessee, Instant now) {
    ActiveLease known = held.get(attempt.job());
    if (known != null) {
      return known.attempt.equals(attempt) && !known.revoked
          ? Optional.of(known)
          : Optional.empty();
    }
    boolean forgotten =
        find(attempt.job())
            .filter(job -> job.attempts().mayHaveLost(attempt.attempt(), epoch))
            .isPresent();
    if (!forgotten) {
      return Optional.empty();
    }
    remove(attempt.job());
    return Optional.of(hold(attempt, lessee, now));
  }

  Optional<ActiveLease> find(AttemptId attempt) {
    return Optional.ofNullable(held.get(attempt.job()))
        .filter(lease -> lease.attempt.equals(attempt));
  }

  /** Ends a lease. */
  void release(AttemptId attempt) {
    find(attempt).ifPresent(lease -> held.remove(attempt.job()));
  }

  /** Queues a job again that nobody got after all. */
  void putBack(HandOver pair, Instant now) {
    release(pair.lease().attempt);
    add(pair.job(), now);
  }

  /**
   * What a node's new life means for its earlier one.
   *
   * @param lost leases to settle
   * @param answers ends the questions that nobody waits for any more
   */
  record NewIncarnation(List<ActiveLease> lost, Runnable answers) {}

  /** Notes that a node asked; when it is in a new life, what the earlier one held is lost. */
  NewIncarnation noteIncarnation(LeaseHolder lessee) {
    if (!lives.isNew(lessee)) {
      return new NewIncarnation(List.of(), () -> {});
    }
    List<ActiveLease> lost = new ArrayList<>();
    for (ActiveLease lease : held.values()) {
      boolean isOfEarlierIncarnation =
          lease.lessee.node().equals(lessee.node()) && !lease.lessee.equals(lessee);
      if (isOfEarlierIncarnation && !lease.settling) {
        lease.settling = true;
        lost.add(lease);
      }
    }
    return new NewIncarnation(lost, questions.endTakes(lessee));
  }

  /** Marks the leases that were not renewed as lost; they are to be settled. */
  List<ActiveLease> expire() {
    Duration now = time.now();
    List<ActiveLease> lost = new ArrayList<>();
    for (ActiveLease lease : held.values()) {
      if (!lease.settling && contacts.isLost(lease, now)) {
        lease.settling = true;
        lost.add(lease);
      }
    }
    return lost;
  }

  /** Lets retries start that are due, and jobs for which a node has become fit. */
  List<HandOver> wake(Instant now) {
    if (!complete && contacts.isComplete(time.now())) {
      complete = true;
      early.values().forEach(job -> pending.add(job, now));
      early.clear();
    }
    pending.wake(now);
    return match(now);
  }

  /** Answers questions that have waited long enough. */
  Runnable answerOld(Instant now) {
    return questions.answerOld(now, held.values());
  }

  Runnable answerAll() {
    return questions.answerAll();
  }

  /** Has a job's node stop it, if a node has it. */
  Runnable orderCancel(long job, Instant now) {
    ActiveLease lease = held.get(job);
    if (lease == null) {
      return () -> {};
    }
    lease.canceling = true;
    return questions.order(lease, now);
  }

  /** Has a node stop a run that counts for nothing. */
  Runnable orderForget(ActiveLease lease, Instant now) {
    if (lease.settling) {
      return () -> {};
    }
    lease.revoked = true;
    return questions.order(lease, now);
  }

  private ActiveLease hold(AttemptId attempt, LeaseHolder lessee, Instant now) {
    ActiveLease lease = new ActiveLease(attempt, lessee, now, time.now());
    held.put(attempt.job(), lease);
    return lease;
  }
}
