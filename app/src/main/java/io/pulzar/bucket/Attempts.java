package io.pulzar.bucket;

import io.pulzar.bucket.BucketException.Reason;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Tries a step again until it works or patience is at its end: the one place that decides which
 * failures are worth it.
 */
final class Attempts {

  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;
  private static final int SERVER_ERRORS = 500;
  private static final int NOT_IMPLEMENTED = 501;
  private static final Set<Integer> PASSING = Set.of(408, 409, 429);

  /** What servers answer with 400 to a request that was damaged or cut off on its way. */
  private static final Set<String> DAMAGED_ON_THE_WAY =
      Set.of("RequestTimeout", "BadDigest", "IncompleteBody", "XAmzContentSHA256Mismatch");

  /** One try. */
  @FunctionalInterface
  interface Step<R> {
    R run();
  }

  private final BucketAddress address;

  Attempts(BucketAddress address) {
    this.address = address;
  }

  <R> R at(String what, Step<R> step) throws BucketException {
    return at(what, address.patience(), step);
  }

  /**
   * Runs a step that may be repeated without harm.
   *
   * @param what it does, for people
   */
  <R> R at(String what, Duration patience, Step<R> step) throws BucketException {
    long end = System.nanoTime() + patience.toNanos();
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      try {
        return step.run();
      } catch (SdkException failure) {
        BucketException told = told(what, failure);
        if (told.reason() != Reason.AWAY || System.nanoTime() >= end) {
          throw told;
        }
        LOG.debug("{} is tried again", what, failure);
      }
      rest(what, pause);
      pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
    }
  }

  /** By chance longer or shorter, so that those who wait do not come back all at once. */
  void rest(String what, long millis) throws BucketException {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BucketException(Reason.AWAY, what + " was interrupted", e);
    }
  }

  private BucketException told(String what, SdkException failure) {
    String where = what + " in " + address.url() + " failed: " + failure.getMessage();
    if (failure instanceof AwsServiceException answered) {
      return new BucketException(reason(answered), where + hint(answered), failure);
    }
    boolean isMine = String.valueOf(failure.getMessage()).contains("credentials");
    return isMine
        ? new BucketException(
            Reason.REFUSED,
            where
                + "; set "
                + BucketSettings.ACCESS_KEY
                + " and "
                + BucketSettings.SECRET_KEY
                + ", or sign in as the AWS SDK expects",
            failure)
        : new BucketException(Reason.AWAY, where, failure);
  }

  private static Reason reason(AwsServiceException answered) {
    int status = answered.statusCode();
    if ((status >= SERVER_ERRORS && status != NOT_IMPLEMENTED) || PASSING.contains(status)) {
      return Reason.AWAY;
    }
    return switch (status) {
      case 404 -> "NoSuchBucket".equals(code(answered)) ? Reason.REFUSED : Reason.MISSING;
      case 412 -> Reason.TAKEN;
      case 400 -> DAMAGED_ON_THE_WAY.contains(code(answered)) ? Reason.AWAY : Reason.REFUSED;
      default -> Reason.REFUSED;
    };
  }

  private static String hint(AwsServiceException answered) {
    return switch (answered.statusCode()) {
      case 403, 401 -> "; check the key and what it may do";
      case 301, 307 -> "; check " + BucketSettings.REGION + " and " + BucketSettings.ENDPOINT;
      case 404 -> "NoSuchBucket".equals(code(answered)) ? "; make it, or correct the name" : "";
      default -> "";
    };
  }

  /** What every whole answer has. One that was cut off in its head may look like an answer. */
  static <T> T whole(@Nullable T field) {
    if (field == null) {
      throw SdkClientException.create("the answer was cut off");
    }
    return field;
  }

  static String code(AwsServiceException answered) {
    return answered.awsErrorDetails() == null || answered.awsErrorDetails().errorCode() == null
        ? ""
        : answered.awsErrorDetails().errorCode();
  }

  /** Whether the server does not know how to write only where nothing is. */
  static boolean isUnknownCondition(S3Exception answered) {
    return answered.statusCode() == NOT_IMPLEMENTED;
  }
}
