package io.pulzar.values;

import io.pulzar.bucket.Bucket;
import io.pulzar.bucket.BucketSettings;
import io.pulzar.bucket.OnBucket;
import io.pulzar.roles.OnNode;
import io.pulzar.runner.LocalValues;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.Settings;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** Puts together what takes the place of a node's disk where values are in a bucket. */
@OnNode
@OnBucket
@Singleton
final class BucketParts {

  private final Bucket bucket;
  private final BucketMembership membership;
  private final MasterIndex master;
  private final UnsettledObjects unsettled;
  private final Settings settings;

  BucketParts(
      Bucket bucket,
      BucketMembership membership,
      MasterIndex master,
      UnsettledObjects unsettled,
      Settings settings) {
    this.bucket = bucket;
    this.membership = membership;
    this.master = master;
    this.unsettled = unsettled;
    this.settings = settings;
  }

  ValueSink writes(InstantSource clock, Executor disk, long maxSize) {
    int partSize = BucketSettings.partSize(settings);
    long memory = settings.get(BucketSettings.MEMORY);
    if (memory < partSize) {
      throw new BadSettingException(
          BucketSettings.MEMORY
              + " must be at least "
              + partSize
              + " bytes, one part of the largest value that pulzar.general.maxsize allows");
    }
    return new BucketWrites(
        bucket,
        membership,
        master,
        unsettled,
        new UploadMemory(memory, settings.get(BucketSettings.PATIENCE)),
        clock,
        disk,
        maxSize,
        partSize);
  }

  /**
   * Lends values as files.
   *
   * @param lent where workers read what is lent, and nowhere else
   */
  LocalValues files(LocalValues here, Path directory, Path lent, InstantSource clock) {
    try {
      ValueCache cache =
          new ValueCache(directory.resolve("cache"), settings.get(BucketSettings.CACHE), clock);
      return new CachedFiles(here, bucket, membership, master, cache, lent.resolve("fetched"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare " + directory + " for lending values", e);
    }
  }
}
