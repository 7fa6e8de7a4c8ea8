package io.pulzar.keys;

import io.pulzar.bucket.Bucket;
import io.pulzar.bucket.BucketException;
import io.pulzar.bucket.BucketSettings;
import io.pulzar.bucket.HeldObject;
import io.pulzar.bucket.OnBucket;
import io.pulzar.roles.OnMaster;
import io.pulzar.settings.Settings;
import io.pulzar.upkeep.Rounds;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds objects in the bucket that no key stands for, by laying its listing beside the index, and
 * uploads that were never completed.
 */
@OnMaster
@OnBucket
@Singleton
public final class BucketSweep {

  private static final Duration LONGEST_DELAY = Duration.ofMinutes(10);

  private final Bucket bucket;
  private final ObjectIndex objects;
  private final BucketClaim claim;
  private final Clock clock;
  private final Duration grace;

  BucketSweep(
      Bucket bucket, ObjectIndex objects, BucketClaim claim, Clock clock, Settings settings) {
    this.bucket = bucket;
    this.objects = objects;
    this.claim = claim;
    this.clock = clock;
    this.grace = settings.get(BucketSettings.GRACE);
  }

  /**
   * Condemns what has been there for longer than the grace. Not while the index may be the one that
   * lacks something.
   *
   * @return how many objects
   */
  int run(Rounds.Progress progress) throws BucketException {
    Instant before = clock.instant().minus(grace);
    int _ = bucket.abandon(before);
    if (mayLackKeys()) {
      return 0;
    }
    return forEachUnknown(
        found -> found.modified().isBefore(before),
        unknown -> {
          List<Long> ids = unknown.stream().map(HeldObject::id).toList();
          return progress.goesOn()
              ? objects.condemn(ids, delay()).toCompletableFuture().join()
              : -1;
        });
  }

  /** Whether objects without a key may be values. */
  public boolean mayLackKeys() {
    return claim.mayLackKeys();
  }

  /** Until what was condemned is removed. */
  public Duration delay() {
    return grace.compareTo(LONGEST_DELAY) < 0 ? grace : LONGEST_DELAY;
  }

  /** What is done with a page of objects that no key stands for. */
  @FunctionalInterface
  public interface Visitor {

    /**
     * Sees a page.
     *
     * @return how many count; negative: to stop
     */
    int visit(List<HeldObject> unknown) throws BucketException;
  }

  /**
   * Goes through the bucket.
   *
   * @param wanted which of them are looked up at all
   * @return how many counted
   */
  public int forEachUnknown(Predicate<HeldObject> wanted, Visitor visitor) throws BucketException {
    int counted = 0;
    Optional<String> next = Optional.empty();
    do {
      Bucket.Page page = bucket.page(next);
      List<HeldObject> unknown = unknown(page.objects().stream().filter(wanted).toList());
      if (!unknown.isEmpty()) {
        int count = visitor.visit(unknown);
        if (count < 0) {
          return counted;
        }
        counted += count;
      }
      next = page.next();
    } while (next.isPresent());
    return counted;
  }

  private List<HeldObject> unknown(List<HeldObject> found) {
    if (found.isEmpty()) {
      return List.of();
    }
    long first = found.stream().mapToLong(HeldObject::id).min().orElseThrow();
    long last = found.stream().mapToLong(HeldObject::id).max().orElseThrow();
    Set<Long> known = objects.known(first, last);
    return found.stream().filter(object -> !known.contains(object.id())).toList();
  }
}
