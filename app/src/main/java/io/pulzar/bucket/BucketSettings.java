package io.pulzar.bucket;

import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Setting;
import io.pulzar.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where the bytes of values are, if not on the disks of nodes. */
public final class BucketSettings {

  public static final Setting<Optional<String>> URL =
      Setting.optionalText(
          "pulzar.values",
          "Where the bytes of values are: by default on the disks of nodes; s3://BUCKET/PREFIX for"
              + " a bucket that speaks S3. The same at the master and all nodes. See"
              + " docs/scale.md.");
  public static final Setting<Optional<String>> ENDPOINT =
      Setting.optionalText(
          "pulzar.values.endpoint",
          "The URL of the server that has the bucket, if it is not Amazon's.");
  public static final Setting<Optional<String>> REGION =
      Setting.optionalText(
          "pulzar.values.region",
          "The bucket's region; by default what AWS_REGION or the profile says, and us-east-1 with"
              + " pulzar.values.endpoint.");
  public static final Setting<Boolean> PATH_STYLE =
      Setting.flag(
              "pulzar.values.path-style",
              false,
              "Whether the bucket's name stands in the path of URLs, and not in the host's name.")
          .defaultInWords("true with pulzar.values.endpoint");
  public static final Setting<Optional<String>> ACCESS_KEY =
      Setting.optionalText(
          "pulzar.values.access-key",
          "The id of the key to sign in with there; by default what the AWS SDK finds: the"
              + " environment, a profile, the machine's role.");
  public static final Setting<Optional<String>> SECRET_KEY =
      Setting.secret("pulzar.values.secret-key", "The secret of pulzar.values.access-key.");
  public static final Setting<Boolean> REDIRECT =
      Setting.flag(
          "pulzar.values.redirect",
          false,
          "Whether nodes send readers on to the bucket, with a URL that is signed for a minute,"
              + " instead of passing the bytes on. The bytes are not checked then, and the ETag is"
              + " the bucket's. Counts at nodes.");
  public static final Setting<Duration> TIMEOUT =
      Setting.duration(
          "pulzar.values.timeout",
          "15s",
          "How long the bucket may be silent before a connection counts as lost.");
  public static final Setting<Duration> PATIENCE =
      Setting.duration(
          "pulzar.values.patience",
          "30s",
          "How long a step is tried again when the bucket does not answer or asks to be left in"
              + " peace, before a request is refused.");
  public static final Setting<Long> MEMORY =
      Setting.size(
          "pulzar.values.memory",
          "64MB",
          "How much memory uploads to the bucket may use at a time in one process; more of them"
              + " wait. Values of more than 8 MB are sent in parts, each of which is in memory.");
  public static final Setting<Long> CACHE =
      Setting.size(
          "pulzar.values.cache",
          "1GB",
          "How much of a node's disk copies of values may take that jobs get as pulzar_data; those"
              + " unused for longest go first. 0: none are kept.");
  public static final Setting<Duration> GRACE =
      Setting.duration(
          "pulzar.values.grace",
          "7d",
          "How long objects stay in the bucket for which no key stands, in case the index is what"
              + " was lost, and uploads that were never completed. Counts at the master.");

  public static final Setting<Boolean> LEAVE =
      Setting.flag(
          "pulzar.values.leave",
          false,
          "Whether the bucket is to be left: new values go to the disks of nodes, and pulzar values"
              + " move brings those in the bucket there. The same at the master and all nodes.");
  public static final Setting<Long> MOVE_RATE =
      Setting.size(
          "pulzar.values.move-rate",
          "20MB",
          "How much a second pulzar values move moves at most, into the bucket or out of it. At the"
              + " master.");

  public static final List<Setting<?>> ALL =
      List.of(
          URL,
          ENDPOINT,
          REGION,
          PATH_STYLE,
          ACCESS_KEY,
          SECRET_KEY,
          REDIRECT,
          TIMEOUT,
          PATIENCE,
          MEMORY,
          CACHE,
          GRACE,
          LEAVE,
          MOVE_RATE);

  /** A part of a large value, unless values may be so large that these would be too many. */
  private static final long PART = 8L << 20;

  private static final long MOST_PARTS = 10_000;
  private static final long MEGABYTE = 1 << 20;

  private BucketSettings() {}

  /** Whether there may be values in a bucket. */
  public static boolean isUsed(Settings settings) {
    return settings.get(URL).isPresent();
  }

  /** Whether the bytes of new values go there. */
  public static boolean takesNew(Settings settings) {
    return isUsed(settings) && !settings.get(LEAVE);
  }

  /** Bytes of a part, of which the largest value has no more than S3 allows. */
  public static int partSize(Settings settings) {
    long largest = settings.get(ServerSettings.MAXSIZE) * MEGABYTE;
    long needed = (largest / MOST_PARTS / MEGABYTE + 1) * MEGABYTE;
    return Math.toIntExact(Math.min(1L << 30, Math.max(PART, needed)));
  }
}
