package io.pulzar.records;

import io.pulzar.link.MasterLink;
import io.pulzar.records.RecordOperations.FollowQuestion;
import io.pulzar.records.RecordOperations.HashQuestion;
import io.pulzar.records.RecordOperations.Hashes;
import io.pulzar.records.RecordOperations.RangeQuestion;
import io.pulzar.records.Records.Lag;
import io.pulzar.upkeep.Loop;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a node's replica level with the master, and compares the two from time to time. */
final class ReplicaRounds implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ReplicaRounds.class);

  /** How long a stop waits for the step under way. */
  private static final Duration LONGEST_END = Duration.ofSeconds(2);

  private static final Duration AGAIN = Duration.ofMillis(200);

  /**
   * The least time from one batch with changes to the next question. A change that comes alone is
   * fetched at once; under many writes a batch has several, so that following them does not cost
   * more than the writes themselves.
   */
  private static final Duration PACE = Duration.ofMillis(3);

  /** Of the damaged ranges that are fetched at once. */
  private static final int RANGES = 64;

  private final Replica replica;
  private final MasterLink master;
  private final String node;
  private final Clock clock;
  private final Duration check;
  private volatile boolean level;
  private volatile boolean servers;
  private volatile long masters;
  private volatile Instant levelAt = Instant.EPOCH;
  private Instant compared = Instant.EPOCH;
  private final AtomicLong mended = new AtomicLong();
  private volatile boolean closing;
  private String told = "";
  private final Loop loop;
  private final Thread thread;

  ReplicaRounds(
      Replica replica, MasterLink master, String node, Clock clock, Duration check, Loop loop) {
    this.loop = loop;
    this.replica = replica;
    this.master = master;
    this.node = node;
    this.clock = clock;
    this.check = check;
    this.thread = Thread.ofVirtual().name("records-replica").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Whether the replica has once been level since it began; it answers reads from then on. */
  boolean isLevel() {
    return level;
  }

  /** Whether the master may find elsewhere what is not here. */
  boolean hasServers() {
    return servers;
  }

  long mended() {
    return mended.get();
  }

  Lag lag() {
    long here = replica.level();
    long behind = Math.max(0, masters - here);
    Instant last = levelAt;
    return new Lag(
        here, behind, level ? Math.max(0, Duration.between(last, clock.instant()).toMillis()) : -1);
  }

  private void run() {
    try {
      while (!closing) {
        if (!loop.round(this::round)) {
          Thread.sleep(AGAIN);
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } finally {
      loop.end();
    }
  }

  private void round() throws InterruptedException {
    try {
      follow();
    } catch (RuntimeException e) {
      if (!closing && !told.equals(e.toString())) {
        told = e.toString();
        LOG.warn("the master's records can't be followed and it is tried again: {}", told);
      }
      Thread.sleep(AGAIN);
    }
  }

  /** Asks once; ends with an exception when the master can't be reached. */
  private void follow() throws InterruptedException {
    FollowQuestion question = new FollowQuestion(node, replica.life(), replica.position());
    ChangeBatch batch = answer(master.ask(RecordOperations.FOLLOW, question));
    long came = System.nanoTime();
    masters = batch.revision();
    servers = batch.servers();
    if (batch.restart()) {
      LOG.warn("the master's log is another one than this node's: the records are fetched anew");
      level = false;
    }
    if (replica.take(batch, clock.millis())) {
      level = true;
      levelAt = clock.instant();
      compareWhenDue();
      if (!batch.rows().isEmpty()) {
        Thread.sleep(PACE.minusNanos(System.nanoTime() - came));
      }
    }
  }

  private void compareWhenDue() throws InterruptedException {
    if (compared.plus(check).isAfter(clock.instant())) {
      return;
    }
    if (compare()) {
      compared = clock.instant();
    }
  }

  /**
   * Compares the replica with the master and fetches the ranges that differ.
   *
   * @return false when the master changed meanwhile, so nothing can be said
   */
  boolean compare() throws InterruptedException {
    long revision = replica.position();
    Hashes hashes =
        answer(
            master.ask(
                RecordOperations.HASHES, new HashQuestion(revision, replica.read(Rows::floor))));
    if (hashes.revision() != revision) {
      return false;
    }
    Set<Integer> differing = replica.differing(hashes.byRange());
    if (differing.isEmpty()) {
      return true;
    }
    LOG.warn("{} ranges of the records differ from the master's and are mended", differing.size());
    List<Integer> all = new ArrayList<>(differing);
    for (int at = 0; at < all.size(); at += RANGES) {
      List<Integer> some = all.subList(at, Math.min(at + RANGES, all.size()));
      ChangeBatch rows =
          answer(master.ask(RecordOperations.RANGES, new RangeQuestion(List.copyOf(some))));
      replica.replace(Set.copyOf(some), rows.rows(), clock.millis());
    }
    mended.addAndGet(differing.size());
    return true;
  }

  private static <A> A answer(CompletionStage<A> asked) throws InterruptedException {
    try {
      return asked.toCompletableFuture().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      // A step that goes on ends with the database that it works on.
      boolean _ = thread.join(LONGEST_END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
