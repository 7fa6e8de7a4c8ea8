package io.pulzar.keys;

import io.micronaut.context.annotation.Context;
import io.pulzar.bucket.Bucket;
import io.pulzar.bucket.BucketException;
import io.pulzar.bucket.BucketSettings;
import io.pulzar.bucket.OnBucket;
import io.pulzar.roles.OnMaster;
import io.pulzar.settings.Settings;
import io.pulzar.upkeep.Loops;
import io.pulzar.upkeep.Rounds;
import jakarta.annotation.PreDestroy;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes from the bucket what no key stands for any more, soon; and now and then what none ever
 * did, after a grace.
 */
@OnMaster
@OnBucket
@Context
final class BucketRounds {

  private static final Logger LOG = LoggerFactory.getLogger(BucketRounds.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_BETWEEN_SWEEPS = Duration.ofHours(1);
  private static final int MOST_AT_ONCE = 200;
  private static final int REMOVERS = 8;

  /** So long a reader who was sent there may take to begin. */
  private static final Duration UNTOUCHED = Duration.ofSeconds(30);

  private final KeyIndex index;
  private final Bucket bucket;
  private final BucketClaim claim;
  private final BucketSweep sweep;
  private final Clock clock;
  private final Duration betweenSweeps;
  private final ExecutorService removers =
      Executors.newFixedThreadPool(
          REMOVERS, Thread.ofVirtual().name("bucket-remover-", 0).factory());
  private final Rounds rounds;
  private Instant nextSweep;

  BucketRounds(
      KeyIndex index,
      Bucket bucket,
      BucketClaim claim,
      BucketSweep sweep,
      Clock clock,
      Settings settings,
      Loops loops) {
    this.index = index;
    this.bucket = bucket;
    this.claim = claim;
    this.sweep = sweep;
    this.clock = clock;
    Duration grace = settings.get(BucketSettings.GRACE);
    this.betweenSweeps =
        grace.compareTo(LONGEST_BETWEEN_SWEEPS) < 0 ? grace : LONGEST_BETWEEN_SWEEPS;
    this.nextSweep = clock.instant().plus(betweenSweeps);
    this.rounds = Rounds.start(loops, "bucket-garbage", PAUSE, this::round);
  }

  @PreDestroy
  void stop() {
    rounds.close();
    removers.shutdownNow();
  }

  private void round(Rounds.Progress progress) throws InterruptedException {
    try {
      claim.claim(bucket.patience());
      removeGarbage(progress);
      if (!nextSweep.isAfter(clock.instant())) {
        int condemned = sweep.run(progress);
        if (condemned > 0) {
          LOG.info("{} objects in {} belong to no key and are removed", condemned, bucket.url());
        }
        nextSweep = clock.instant().plus(betweenSweeps);
      }
    } catch (BucketException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void removeGarbage(Rounds.Progress progress)
      throws InterruptedException, BucketException {
    List<ValueVersion> garbage = next();
    while (progress.goesOn() && !garbage.isEmpty()) {
      List<Callable<Boolean>> removals =
          garbage.stream().map(version -> removal(version.id())).toList();
      for (Future<Boolean> removal : removers.invokeAll(removals)) {
        await(removal);
      }
      index.disposed(Location.BUCKET, garbage).toCompletableFuture().join();
      garbage = next();
    }
  }

  private Callable<Boolean> removal(long id) {
    return () -> {
      bucket.remove(id);
      return true;
    };
  }

  private static void await(Future<Boolean> removal) throws InterruptedException, BucketException {
    try {
      boolean _ = removal.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BucketException failed) {
        throw failed;
      }
      throw new IllegalStateException("removing an object failed", e.getCause());
    }
  }

  private List<ValueVersion> next() {
    return index.garbage(Location.BUCKET, clock.instant().minus(UNTOUCHED), MOST_AT_ONCE);
  }
}
