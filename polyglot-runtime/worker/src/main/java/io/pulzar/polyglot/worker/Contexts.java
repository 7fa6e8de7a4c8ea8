package io.pulzar.polyglot.worker;

import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.wire.Message;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The contexts of the process: spares that wait for a script, and those that scripts had and may
 * use again, least recently used first.
 */
final class Contexts implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Sandbox sandbox;
  private final int keptBound;
  private final int sparesWanted;
  private final IdleGate gate;
  private final ExecutorService closer =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("closer").factory());

  // Guarded by this.
  private final Map<String, ContextThread> kept = new LinkedHashMap<>(16, 0.75f, true);
  private final Deque<ContextThread> spares = new ArrayDeque<>();
  private final HeapPressure heap = new HeapPressure();
  private @Nullable Runnable afterwards;
  private boolean closed;

  Contexts(Sandbox sandbox, WorkerOptions options, IdleGate gate) {
    this.sandbox = sandbox;
    this.keptBound = options.contexts();
    this.sparesWanted = options.spares();
    this.gate = gate;
  }

  /** Builds one spare and, when that is there, the next, as long as some are missing. */
  synchronized void replenish() {
    ContextThread newest = spares.peekLast();
    boolean building = newest != null && !newest.ready().isDone();
    if (closed || building) {
      return;
    }
    if (spares.size() < sparesWanted) {
      ContextThread spare = new ContextThread(sandbox, true, gate);
      spares.add(spare);
      var _ = spare.ready().thenRun(this::replenish);
      return;
    }
    Runnable next = afterwards;
    afterwards = null;
    if (next != null) {
      next.run();
    }
  }

  /** Does something as soon as no spare is missing; one thing at a time. */
  synchronized void whenReplenished(Runnable work) {
    afterwards = work;
    replenish();
  }

  /** Waits for the first spare; returns at once where none are wanted. */
  void awaitSpare() {
    ContextThread first;
    synchronized (this) {
      first = spares.peek();
    }
    if (first != null) {
      first.ready().join();
    }
  }

  /** A context for this run: the script's own, a spare, or a new one. */
  synchronized ContextThread take(Message.Start start) {
    if (heap.rose()) {
      giveUpKept();
    }
    ContextThread own = kept.remove(start.contextKey());
    if (own != null
        && (start.isolation() == Isolation.FRESH || !own.isCurrent() || isBehindASpare(own))) {
      discard(own);
      own = null;
    }
    ContextThread seat = own;
    if (seat == null && start.network()) {
      seat = spares.poll();
    }
    if (seat == null) {
      seat = new ContextThread(sandbox, start.network(), gate);
    }
    seat.claim();
    return seat;
  }

  private boolean isBehindASpare(ContextThread own) {
    return !own.isBuilt() && !spares.isEmpty();
  }

  /**
   * A context for a script that is to be loaded ahead of its first run: not a spare, which may be
   * needed sooner.
   *
   * @return null when the script has one
   */
  synchronized @Nullable ContextThread prepare(Message.Prepare prepare) {
    if (kept.containsKey(prepare.contextKey())) {
      return null;
    }
    ContextThread seat = new ContextThread(sandbox, prepare.network(), gate);
    keep(prepare.contextKey(), seat);
    return seat;
  }

  /**
   * Gives up a context.
   *
   * @return false when it is not kept any more: a run has it, or it was replaced
   */
  synchronized boolean drop(String key, ContextThread seat) {
    boolean dropped = kept.remove(key, seat);
    if (dropped) {
      discard(seat);
    }
    return dropped;
  }

  /** Takes a context back whose run left it in order. */
  synchronized void giveBack(Message.Start start, ContextThread seat) {
    if (heap.rose()) {
      discard(seat);
      giveUpKept();
      return;
    }
    if (start.isolation() == Isolation.FRESH || seat.runs() >= start.maxRunsPerContext()) {
      discard(seat);
      return;
    }
    keep(start.contextKey(), seat);
  }

  /** Which of them holds the memory is not known, and each can be built again. */
  private void giveUpKept() {
    kept.values().forEach(this::discard);
    kept.clear();
  }

  private void keep(String key, ContextThread seat) {
    ContextThread previous = kept.put(key, seat);
    if (previous != null) {
      discard(previous);
    }
    if (kept.size() > keptBound) {
      Map.Entry<String, ContextThread> eldest = kept.entrySet().iterator().next();
      kept.remove(eldest.getKey());
      discard(eldest.getValue());
    }
  }

  /**
   * Ends a context that a run spoiled, now.
   *
   * @return false when that is impossible, and only the end of the process helps
   */
  boolean destroy(ContextThread seat) {
    return seat.close(PATIENCE);
  }

  /** The scripts that have a context. */
  synchronized List<String> keptKeys() {
    return List.copyOf(kept.keySet());
  }

  @Override
  public synchronized void close() {
    closed = true;
    spares.forEach(this::discard);
    kept.values().forEach(this::discard);
    spares.clear();
    kept.clear();
    closer.close();
  }

  /** Ends a context in which nothing goes on, some time later. */
  void discard(ContextThread seat) {
    var _ = closer.submit(() -> seat.close(PATIENCE));
  }
}
