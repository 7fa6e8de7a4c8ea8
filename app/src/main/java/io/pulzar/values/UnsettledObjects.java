package io.pulzar.values;

import io.micronaut.context.annotation.Context;
import io.pulzar.bucket.Bucket;
import io.pulzar.bucket.BucketException;
import io.pulzar.bucket.OnBucket;
import io.pulzar.keys.ValueVersion;
import io.pulzar.roles.OnNode;
import io.pulzar.upkeep.Loops;
import io.pulzar.upkeep.Rounds;
import jakarta.annotation.PreDestroy;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Objects of which nobody knows whether the master has recorded them, because its answer was lost.
 * It is asked until it says, and those that do not count are removed. A node that stops meanwhile
 * forgets them: nobody was promised anything.
 */
@OnNode
@OnBucket
@Context
final class UnsettledObjects {

  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int MOST_AT_ONCE = 1_000;

  private record Unsettled(ValueVersion version, boolean adopt) {}

  private final MasterIndex master;
  private final Bucket bucket;
  private final ConcurrentLinkedQueue<Unsettled> queue = new ConcurrentLinkedQueue<>();
  private final Rounds rounds;

  UnsettledObjects(MasterIndex master, Bucket bucket, Loops loops) {
    this.master = master;
    this.bucket = bucket;
    this.rounds = Rounds.start(loops, "object-settling", PAUSE, progress -> settle());
  }

  @PreDestroy
  void stop() {
    rounds.close();
  }

  /**
   * Has the master asked about an object.
   *
   * @param adopt whether it counts if the master has recorded it; otherwise that is taken back
   */
  void add(ValueVersion version, boolean adopt) {
    queue.add(new Unsettled(version, adopt));
  }

  private void settle() {
    List<Unsettled> taken = new ArrayList<>();
    while (taken.size() < MOST_AT_ONCE && !queue.isEmpty()) {
      taken.add(queue.remove());
    }
    try {
      settle(taken, true);
      settle(taken, false);
    } catch (RuntimeException e) {
      queue.addAll(taken);
      throw e;
    }
  }

  private void settle(List<Unsettled> all, boolean adopt) {
    List<ValueVersion> asked =
        all.stream().filter(each -> each.adopt() == adopt).map(Unsettled::version).toList();
    if (asked.isEmpty()) {
      return;
    }
    Set<ValueVersion> counting =
        new HashSet<>(master.settleObjects(asked, adopt).toCompletableFuture().join());
    for (ValueVersion version : asked) {
      if (!counting.contains(version)) {
        remove(version.id());
      }
    }
  }

  private void remove(long id) {
    try {
      bucket.remove(id);
    } catch (BucketException e) {
      throw new UncheckedIOException(e);
    }
  }
}
