package io.pulzar.doctor;

import io.pulzar.bucket.Bucket;
import io.pulzar.bucket.BucketException;
import io.pulzar.bucket.BucketSettings;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.Settings;
import java.time.Duration;

/** Whether the bucket for the bytes of values can be used, if there is to be one. */
final class Buckets {

  private static final String SUBJECT = "values";
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private Buckets() {}

  /** Lists, writes, reads and removes something there. */
  static Finding look(Settings settings) {
    if (!BucketSettings.isUsed(settings)) {
      return Finding.good(SUBJECT, "are kept on the disks of nodes");
    }
    try (Bucket bucket = Bucket.open(settings)) {
      bucket.tryOut(PATIENCE);
      return Finding.good(SUBJECT, bucket.url() + " can be listed, written and read");
    } catch (BucketException | BadSettingException e) {
      return Finding.bad(
          SUBJECT,
          String.valueOf(e.getMessage()),
          "look at pulzar.values, its endpoint, region and keys, and whether the server of the"
              + " bucket can be reached");
    }
  }
}
