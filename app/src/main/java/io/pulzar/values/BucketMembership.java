package io.pulzar.values;

import io.micronaut.context.annotation.Context;
import io.pulzar.bucket.Bucket;
import io.pulzar.bucket.BucketException;
import io.pulzar.bucket.BucketException.Reason;
import io.pulzar.bucket.Marker;
import io.pulzar.bucket.OnBucket;
import io.pulzar.http.ApiException;
import io.pulzar.keys.KeyOperations.Numbers;
import io.pulzar.link.LinkDownException;
import io.pulzar.roles.OnNode;
import io.pulzar.settings.BadSettingException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that this node's bucket is the master's, and has numbers for new objects, which the
 * master gives out many at a time. Both block.
 */
@OnNode
@OnBucket
@Context
final class BucketMembership {

  private static final Logger LOG = LoggerFactory.getLogger(BucketMembership.class);
  private static final int AT_A_TIME = 1_000;

  /** Older ones are not used, so that an object's number tells an index of before from its own. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  /** How long a start waits for the bucket. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Bucket bucket;
  private final MasterIndex master;
  private volatile String owner = "";
  private long given;
  private long next;
  private long end;

  BucketMembership(Bucket bucket, MasterIndex master) {
    this.bucket = bucket;
    this.master = master;
    try {
      Optional<Marker> _ = bucket.marker(PATIENCE);
    } catch (BucketException e) {
      if (e.reason() != Reason.AWAY) {
        throw new BadSettingException(e.getMessage());
      }
      LOG.warn("values can't be read or written until the bucket answers: {}", e.getMessage());
    }
  }

  /**
   * A number that no other object ever had.
   *
   * @throws ApiException 503 {@code master_unreachable}, {@code values_set_differently}, {@code
   *     bucket_unavailable}
   */
  synchronized long nextNumber() {
    if (next == end || System.nanoTime() - given > FRESH.toNanos()) {
      Numbers numbers = ask();
      given = System.nanoTime();
      requireOwner(numbers.owner());
      next = numbers.first();
      end = numbers.first() + numbers.count();
    }
    return next++;
  }

  private Numbers ask() {
    try {
      return master.numbers(AT_A_TIME).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof ApiException refusal
          ? refusal
          : e.getCause() instanceof LinkDownException ? ValueWrites.unreachable() : e;
    }
  }

  /** Whether it is known already that the bucket is this installation's. */
  boolean isKnown(String asked) {
    return owner.equals(asked);
  }

  /**
   * Refuses when the bucket is not this installation's.
   *
   * @throws ApiException 503 {@code values_set_differently}, {@code bucket_unavailable}
   */
  void requireOwner(String asked) {
    if (isKnown(asked)) {
      return;
    }
    try {
      String found = bucket.marker().map(Marker::owner).orElse("");
      if (!found.equals(asked)) {
        throw ApiException.unavailable(
            "values_set_differently",
            "The bucket of this node, "
                + bucket.url()
                + ", is not the master's; give pulzar.values the same value everywhere",
            Duration.ofSeconds(10));
      }
      owner = found;
    } catch (BucketException e) {
      LOG.warn("{}", e.getMessage());
      throw e.answer();
    }
  }
}
