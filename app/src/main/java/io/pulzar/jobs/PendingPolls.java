package io.pulzar.jobs;

import io.pulzar.jobs.JobOperations.AttemptId;
import io.pulzar.jobs.JobOperations.Commands;
import io.pulzar.jobs.JobOperations.PollReply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The questions of nodes that wait for an answer: for a job, and for orders. Whoever takes a
 * question out of here is the only one to answer it. Not safe for threads: {@link Dispatcher}
 * guards it and runs the answers that it returns after its lock.
 */
final class PendingPolls {

  /** An order is repeated after this time, in case its answer was lost. */
  private static final Duration REPEAT = Duration.ofSeconds(2);

  /** A node asks for a job. */
  record WaitingTake(LeaseHolder lessee, CompletableFuture<PollReply> answer, Instant until) {}

  private record WaitingRenewal(CompletableFuture<Commands> answer, Instant until) {}

  private final Duration renewWithin;
  private final Map<String, Deque<WaitingTake>> takes = new HashMap<>();
  private final Map<LeaseHolder, WaitingRenewal> holds = new HashMap<>();

  PendingPolls(Duration renewWithin) {
    this.renewWithin = renewWithin;
  }

  void addTake(LeaseHolder lessee, CompletableFuture<PollReply> answer, Instant until) {
    takes
        .computeIfAbsent(lessee.node(), node -> new ArrayDeque<>())
        .add(new WaitingTake(lessee, answer, until));
  }

  /** How many jobs each node asks for, by its name; only nodes that ask. */
  Map<String, Integer> freeSlots() {
    Map<String, Integer> free = new TreeMap<>();
    takes.forEach((node, waiting) -> free.put(node, waiting.size()));
    return free;
  }

  WaitingTake nextTake(String node) {
    Deque<WaitingTake> waiting = takes.get(node);
    if (waiting == null) {
      throw new IllegalStateException("no question of " + node + " is open");
    }
    WaitingTake take = waiting.remove();
    if (waiting.isEmpty()) {
      takes.remove(node);
    }
    return take;
  }

  /** A node wants no more jobs. */
  Runnable endTakes(LeaseHolder lessee) {
    Deque<WaitingTake> waiting = takes.remove(lessee.node());
    List<WaitingTake> ended = waiting == null ? List.of() : List.copyOf(waiting);
    return () -> ended.forEach(take -> take.answer().complete(PollReply.NOTHING));
  }

  int takes() {
    return takes.values().stream().mapToInt(Deque::size).sum();
  }

  /** Answers at once when there are orders for the node, otherwise keeps the question open. */
  Runnable addRenewal(
      LeaseHolder lessee,
      CompletableFuture<Commands> answer,
      Instant now,
      List<AttemptId> forget,
      Collection<ActiveLease> held) {
    WaitingRenewal earlier = holds.put(lessee, new WaitingRenewal(answer, now.plus(renewWithin)));
    Runnable rest = () -> {};
    if (earlier != null) {
      rest = () -> earlier.answer().complete(orders(List.of(), List.of()));
    }
    List<AttemptId> cancel = ordersDue(lessee, now, held, false);
    forget.addAll(ordersDue(lessee, now, held, true));
    if (cancel.isEmpty() && forget.isEmpty()) {
      return rest;
    }
    return both(rest, answerRenewal(lessee, cancel, forget));
  }

  /** Tells a node to stop a run, if it waits for orders; otherwise its next question learns it. */
  Runnable order(ActiveLease lease, Instant now) {
    if (!holds.containsKey(lease.lessee)) {
      return () -> {};
    }
    lease.ordered = now;
    List<AttemptId> one = List.of(lease.attempt);
    return lease.revoked
        ? answerRenewal(lease.lessee, List.of(), one)
        : answerRenewal(lease.lessee, one, List.of());
  }

  /** Answers what has waited long enough, with orders that are due, or with nothing. */
  Runnable answerOld(Instant now, Collection<ActiveLease> held) {
    Runnable answers = () -> {};
    for (Iterator<Deque<WaitingTake>> nodes = takes.values().iterator(); nodes.hasNext(); ) {
      Deque<WaitingTake> waiting = nodes.next();
      for (WaitingTake take = waiting.peek();
          take != null && !take.until().isAfter(now);
          take = waiting.peek()) {
        WaitingTake old = waiting.remove();
        answers = both(answers, () -> old.answer().complete(PollReply.NOTHING));
      }
      if (waiting.isEmpty()) {
        nodes.remove();
      }
    }
    for (LeaseHolder lessee : List.copyOf(holds.keySet())) {
      WaitingRenewal hold = holds.get(lessee);
      if (hold != null && !hold.until().isAfter(now)) {
        List<AttemptId> cancel = ordersDue(lessee, now, held, false);
        answers = both(answers, answerRenewal(lessee, cancel, ordersDue(lessee, now, held, true)));
      }
    }
    return answers;
  }

  Runnable answerAll() {
    List<WaitingTake> allTakes = takes.values().stream().flatMap(Deque::stream).toList();
    List<WaitingRenewal> allHolds = List.copyOf(holds.values());
    takes.clear();
    holds.clear();
    return () -> {
      allTakes.forEach(take -> take.answer().complete(PollReply.NOTHING));
      allHolds.forEach(hold -> hold.answer().complete(orders(List.of(), List.of())));
    };
  }

  private Runnable answerRenewal(
      LeaseHolder lessee, List<AttemptId> cancel, List<AttemptId> forget) {
    WaitingRenewal hold = holds.remove(lessee);
    if (hold == null) {
      return () -> {};
    }
    return () -> hold.answer().complete(orders(cancel, forget));
  }

  private List<AttemptId> ordersDue(
      LeaseHolder lessee, Instant now, Collection<ActiveLease> held, boolean revoked) {
    List<AttemptId> due = new ArrayList<>();
    for (ActiveLease lease : held) {
      if (lease.lessee.equals(lessee)
          && (revoked ? lease.revoked : lease.canceling && !lease.revoked)
          && lease.ordered.isBefore(now.minus(REPEAT))) {
        lease.ordered = now;
        due.add(lease.attempt);
      }
    }
    return due;
  }

  private Commands orders(List<AttemptId> cancel, List<AttemptId> forget) {
    return new Commands(cancel, List.copyOf(forget), renewWithin);
  }

  static Runnable both(Runnable first, Runnable second) {
    return () -> {
      first.run();
      second.run();
    };
  }
}
