package io.pulzar.keys;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.pulzar.bucket.BucketSettings;
import io.pulzar.bucket.OnBucket;
import io.pulzar.cluster.NodeRegistry;
import io.pulzar.http.ApiException;
import io.pulzar.keys.KeyIndex.Row;
import io.pulzar.keys.MoveReport.Amount;
import io.pulzar.keys.ValueMoves.Outcome;
import io.pulzar.roles.OnMaster;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.Settings;
import io.pulzar.upkeep.Loops;
import io.pulzar.upkeep.Rounds;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings values to where new ones are kept, when an operator wants it: from the disks of nodes into
 * the bucket, or back. The wish is in the index until all is moved, so a leader that starts goes on
 * with it; how far it is the index itself tells, value by value.
 *
 * <p>Small values go several at a time, so that the bucket's answers are not waited for one by one;
 * all of them together are no more than one part of a large one.
 */
@OnMaster
@OnBucket
@Context
final class MoveRounds {

  private static final Logger LOG = LoggerFactory.getLogger(MoveRounds.class);
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** After a pass in which not everything could be moved, or as long as that took. */
  private static final Duration RETRY = Duration.ofSeconds(5);

  private static final int PAGE = 1_000;
  private static final int MOST_AT_ONCE = 8;
  private static final long MOST_BYTES_AT_ONCE = 8L << 20;
  private static final long LONGEST_SLEEP_MILLIS = 500;
  private static final long SLOWEST = 1 << 10;

  private final KeyIndex index;
  private final ObjectIndex objects;
  private final ValueMoves moves;
  private final ReplicationRounds copies;
  private final NodeRegistry nodes;
  private final Clock clock;
  private final boolean intoBucket;
  private final long bytesPerSecond;
  private final MoveState state;
  private final Counter values;
  private final Counter bytes;
  private final Rounds rounds;
  private Instant next = Instant.MIN;

  /** Nodes that did not do what they were asked to in this pass. */
  private final Set<String> failing = new HashSet<>();

  MoveRounds(
      KeyIndex index,
      ObjectIndex objects,
      ValueMoves moves,
      ReplicationRounds copies,
      NodeRegistry nodes,
      Clock clock,
      Settings settings,
      MeterRegistry metrics,
      Loops loops) {
    this.index = index;
    this.objects = objects;
    this.moves = moves;
    this.copies = copies;
    this.nodes = nodes;
    this.clock = clock;
    this.intoBucket = BucketSettings.takesNew(settings);
    this.bytesPerSecond = settings.get(BucketSettings.MOVE_RATE);
    if (bytesPerSecond < SLOWEST) {
      throw new BadSettingException(BucketSettings.MOVE_RATE + " must be at least 1KB");
    }
    this.state = new MoveState(intoBucket, objects.wantedMove());
    this.values =
        Counter.builder("pulzar.values.moved")
            .description("Values that were moved into the bucket or out of it.")
            .register(metrics);
    this.bytes =
        Counter.builder("pulzar.values.moved.bytes")
            .description("Bytes of values that were moved into the bucket or out of it.")
            .register(metrics);
    Gauge.builder("pulzar.values.move.left", () -> state.report().left().values())
        .description("Values that are still to be moved.")
        .register(metrics);
    this.rounds = Rounds.start(loops, "value-moves", PAUSE, this::round);
  }

  @PreDestroy
  void stop() {
    rounds.close();
  }

  MoveReport report() {
    return state.report();
  }

  /**
   * Has values moved; durable when this returns.
   *
   * @param node whose values, or an empty name for all
   * @throws ApiException 400 {@code bad_parameter}, 404 {@code node_not_found}, 409 {@code
   *     move_running}
   */
  synchronized void begin(String node) {
    if (!intoBucket && !node.isEmpty()) {
      throw ApiException.badRequest(
          "bad_parameter",
          "What is in the bucket is on no node: leave the node out, and all of it is moved");
    }
    if (!node.isEmpty() && nodes.find(node).isEmpty()) {
      throw NodeRegistry.unknown(node);
    }
    Optional<String> wanted = state.wanted();
    if (wanted.isPresent() && !wanted.get().equals(node)) {
      throw ApiException.conflict(
          "move_running",
          "Values are being moved already; stop that first, or wait until it has ended");
    }
    if (wanted.isEmpty()) {
      boolean _ = objects.wantMove(Optional.of(node)).toCompletableFuture().join();
      state.begin(node);
    }
  }

  /** Has it stop; what was moved stays moved. */
  synchronized void end() {
    boolean _ = objects.wantMove(Optional.empty()).toCompletableFuture().join();
    if (state.wanted().isPresent()) {
      state.stop();
    }
  }

  private void round(Rounds.Progress progress) throws InterruptedException {
    Optional<String> wanted = state.wanted();
    if (wanted.isEmpty()) {
      next = Instant.MIN;
      return;
    }
    if (next.isAfter(clock.instant())) {
      return;
    }
    long start = System.nanoTime();
    if (!pass(wanted.get(), progress)) {
      return;
    }
    if (state.isWaiting()) {
      Duration taken = Duration.ofNanos(System.nanoTime() - start);
      next = clock.instant().plus(taken.compareTo(RETRY) < 0 ? RETRY : taken);
      state.passEndsEarly();
    } else {
      ended();
    }
  }

  private synchronized void ended() {
    if (state.wanted().isPresent()) {
      boolean _ = objects.wantMove(Optional.empty()).toCompletableFuture().join();
      state.end();
      copies.lookAgain();
      LOG.info("values were moved: {}", state.report());
    }
  }

  /** Goes through all keys once; false when it was stopped. */
  private boolean pass(String node, Rounds.Progress progress) throws InterruptedException {
    Amount there = Amount.NONE;
    for (List<Row> page = page(""); !page.isEmpty(); page = page(last(page))) {
      if (!goesOn(progress)) {
        return false;
      }
      for (Row row : page) {
        if (isToMove(row, node)) {
          there = there.plus(1, row.location().size());
        }
      }
    }
    state.passBegins(there);
    failing.clear();
    for (List<Row> page = page(""); !page.isEmpty(); page = page(last(page))) {
      List<Row> toMove = page.stream().filter(row -> isToMove(row, node)).toList();
      for (List<Row> batch : batches(toMove)) {
        if (!goesOn(progress)) {
          return false;
        }
        move(batch, progress);
      }
      if (!goesOn(progress)) {
        return false;
      }
    }
    return true;
  }

  private boolean goesOn(Rounds.Progress progress) {
    return progress.goesOn() && state.wanted().isPresent();
  }

  private List<Row> page(String after) {
    return index.page(KeyFilter.ALL, after, PAGE);
  }

  private static String last(List<Row> page) {
    return page.getLast().key().path();
  }

  private boolean isToMove(Row row, String node) {
    return row.location().isInBucket() != intoBucket
        && (node.isEmpty() || row.location().at(node).isPresent());
  }

  private static List<List<Row>> batches(List<Row> rows) {
    List<List<Row>> batches = new ArrayList<>();
    long room = 0;
    for (Row row : rows) {
      room -= row.location().size();
      if (batches.isEmpty() || room < 0 || batches.getLast().size() == MOST_AT_ONCE) {
        batches.add(new ArrayList<>());
        room = MOST_BYTES_AT_ONCE - row.location().size();
      }
      batches.getLast().add(row);
    }
    return batches;
  }

  private void move(List<Row> batch, Rounds.Progress progress) throws InterruptedException {
    long start = System.nanoTime();
    List<CompletableFuture<Outcome>> outcomes =
        batch.stream()
            .map(row -> intoBucket ? moves.intoBucket(row, failing) : moves.ontoDisk(row, failing))
            .map(CompletionStage::toCompletableFuture)
            .toList();
    long size = 0;
    for (int number = 0; number < batch.size(); number++) {
      Row row = batch.get(number);
      note(row, await(outcomes.get(number), progress));
      size += row.location().size();
    }
    rest(start, size, progress);
  }

  private void note(Row row, Outcome outcome) {
    long size = row.location().size();
    switch (outcome) {
      case Outcome.Moved moved -> {
        state.moved(size);
        values.increment();
        bytes.increment((double) size);
      }
      case Outcome.Changed changed -> state.changed(size);
      case Outcome.Stuck stuck -> state.stuck(row.key().path() + ": " + stuck.why(), size);
      case Outcome.Waits waits -> {
        state.waitFor(waits.why());
        waits.node().ifPresent(failing::add);
      }
    }
  }

  /** For as long as it takes: a large value may take minutes. */
  private static Outcome await(CompletableFuture<Outcome> outcome, Rounds.Progress progress)
      throws InterruptedException {
    while (true) {
      try {
        return outcome.get(LONGEST_SLEEP_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        boolean _ = progress.goesOn();
      } catch (ExecutionException e) {
        throw new IllegalStateException("moving a value failed", e.getCause());
      }
    }
  }

  /** So that no more than the rate is moved in a second. */
  private void rest(long start, long size, Rounds.Progress progress) throws InterruptedException {
    long due = start + (long) (size * (1e9 / bytesPerSecond));
    for (long left = due - System.nanoTime();
        left > 0 && goesOn(progress);
        left = due - System.nanoTime()) {
      Thread.sleep(Math.min(LONGEST_SLEEP_MILLIS, TimeUnit.NANOSECONDS.toMillis(left) + 1));
    }
  }
}
