package io.pulzar.keys;

import io.micronaut.context.annotation.Context;
import io.pulzar.bucket.Bucket;
import io.pulzar.bucket.BucketException;
import io.pulzar.bucket.BucketException.Reason;
import io.pulzar.bucket.BucketSettings;
import io.pulzar.bucket.Marker;
import io.pulzar.bucket.OnBucket;
import io.pulzar.health.HealthCheck;
import io.pulzar.http.ApiException;
import io.pulzar.keys.ObjectIndex.Claim;
import io.pulzar.roles.OnMaster;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that the bucket is this installation's before anything is written or removed there. A
 * marker in the bucket and the index name the same owner.
 *
 * <p>An index that was put back from a backup must not take newer objects for rubbish. It is found
 * out in three ways: the storage knows that it was restored; both count the starts of masters, the
 * index first; and the bucket has an object with a number that this index has not given yet.
 *
 * <p>A bucket that refuses, or is somebody else's, ends the start. One that does not answer does
 * not: jobs and all else go on without it, and it is asked again.
 */
@OnMaster
@OnBucket
@Context
final class BucketClaim implements HealthCheck {

  private static final Logger LOG = LoggerFactory.getLogger(BucketClaim.class);

  /** How long a start waits for the bucket. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Bucket bucket;
  private final ObjectIndex objects;
  private final Clock clock;
  private final Duration grace;
  private volatile @Nullable Claim claim;
  private volatile String trouble = "it has not answered yet";

  BucketClaim(Bucket bucket, ObjectIndex objects, Clock clock, Settings settings) {
    this.bucket = bucket;
    this.objects = objects;
    this.clock = clock;
    this.grace = settings.get(BucketSettings.GRACE);
    try {
      claim(PATIENCE);
    } catch (BucketException e) {
      if (e.reason() == Reason.AWAY) {
        LOG.warn("values can't be read or written until the bucket answers: {}", e.getMessage());
      } else {
        throw new BadSettingException(e.getMessage());
      }
    }
  }

  /**
   * Tries again, if it has not worked yet.
   *
   * @throws BadSettingException when the bucket is somebody else's
   */
  void claim(Duration patience) throws BucketException {
    if (claim != null) {
      return;
    }
    try {
      claim = claimed(bucket.marker(patience), patience);
      LOG.info("values are in {}", bucket.url());
    } catch (BucketException | BadSettingException e) {
      trouble = String.valueOf(e.getMessage());
      throw e;
    }
  }

  private Claim claimed(Optional<Marker> marker, Duration patience) throws BucketException {
    Optional<Claim> known = objects.claim();
    if (known.isEmpty() && marker.isPresent()) {
      throw new BadSettingException(
          bucket.url()
              + " has values of another installation, or of this one with its index lost: choose"
              + " another prefix in pulzar.values, or restore the master from its backup");
    }
    if (known.isPresent() && marker.isEmpty() && !objects.isEmpty()) {
      throw new BadSettingException(
          bucket.url()
              + " is not the bucket with this installation's values, which were in "
              + known.get().url()
              + ": correct pulzar.values, or restore the bucket");
    }
    Claim before =
        known.orElseGet(
            () -> new Claim(bucket.url(), UUID.randomUUID().toString(), 0, Optional.empty()));
    long startsOfBucket = marker.map(Marker::starts).orElse(0L);
    if (marker.isPresent() && !before.owner().equals(marker.get().owner())) {
      throw new BadSettingException(
          bucket.url()
              + " has values of another installation: choose another prefix in pulzar.values");
    }
    boolean isOlder =
        before.starts() < startsOfBucket || bucket.holdsFrom(objects.nextNumber(), patience);
    Claim next =
        new Claim(
            bucket.url(),
            before.owner(),
            1 + Math.max(before.starts(), startsOfBucket),
            isOlder ? Optional.of(clock.instant()) : before.restored());
    Claim now = objects.note(next).toCompletableFuture().join();
    bucket.mark(new Marker(now.owner(), now.starts()));
    if (!now.restored().equals(before.restored())) {
      LOG.warn("{}", olderIndex(now));
    }
    return now;
  }

  private String olderIndex(Claim now) {
    Instant until = now.restored().orElseThrow().plus(grace).truncatedTo(ChronoUnit.SECONDS);
    return "the index of keys is older than "
        + bucket.url()
        + ": until "
        + until
        + " pulzar check --fix gives values that it lacks their keys back, after that they are"
        + " removed";
  }

  /** Whether the bucket is known to be this installation's. */
  boolean isMade() {
    return claim != null;
  }

  /**
   * Names the installation whose the bucket is.
   *
   * @throws ApiException 503 {@code bucket_unavailable} while that is not known
   */
  String owner() {
    return made().owner();
  }

  /**
   * Whether objects without a key may be values: the index was found to be older than the bucket,
   * and not a grace ago.
   */
  boolean mayLackKeys() {
    Instant before = clock.instant().minus(grace);
    return made().restored().filter(restored -> restored.isAfter(before)).isPresent();
  }

  private Claim made() {
    Claim present = claim;
    if (present == null) {
      throw ApiException.unavailable(
          "bucket_unavailable",
          "The bucket with the values has not answered since the server started; try again",
          Duration.ofSeconds(5));
    }
    return present;
  }

  @Override
  public String part() {
    return "bucket";
  }

  @Override
  public Health check() {
    Claim present = claim;
    if (present == null) {
      return Health.limited("values can't be read or written: " + trouble);
    }
    return Health.up(mayLackKeys() ? olderIndex(present) : "values are in " + bucket.url());
  }
}
