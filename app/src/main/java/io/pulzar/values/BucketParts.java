package io.pulzar.values;

import io.pulzar.bucket.Bucket;
import io.pulzar.bucket.BucketException;
import io.pulzar.bucket.BucketException.Reason;
import io.pulzar.bucket.BucketSettings;
import io.pulzar.bucket.OnBucket;
import io.pulzar.keys.KeyOperations.Registration;
import io.pulzar.keys.Location;
import io.pulzar.roles.OnNode;
import io.pulzar.runner.LocalValues;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.Settings;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
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
  private final UploadMemory memory;
  private final int partSize;

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
    this.partSize = BucketSettings.partSize(settings);
    long most = settings.get(BucketSettings.MEMORY);
    if (most < partSize) {
      throw new BadSettingException(
          BucketSettings.MEMORY
              + " must be at least "
              + partSize
              + " bytes, one part of the largest value that pulzar.general.maxsize allows");
    }
    this.memory = new UploadMemory(most, settings.get(BucketSettings.PATIENCE));
  }

  ValueSink writes(InstantSource clock, Executor disk, long maxSize) {
    return new BucketWrites(
        bucket, membership, master, unsettled, memory, clock, disk, maxSize, partSize);
  }

  /** Memory for what is sent into the bucket, of all who send. */
  UploadMemory memory() {
    return memory;
  }

  /** Bytes of a part of a large value. */
  int partSize() {
    return partSize;
  }

  /** Where copies are made from: also from the bucket. */
  ReplicaService.CopySource source(ReplicaService.CopySource nodes) {
    return question ->
        question.value().node().equals(Location.BUCKET)
            ? open(question.value())
            : nodes.open(question);
  }

  private InputStream open(Registration value) {
    try {
      return value.size() == 0
          ? InputStream.nullInputStream()
          : bucket.read(value.id(), 0, value.size());
    } catch (BucketException e) {
      throw e.reason() == Reason.MISSING ? BucketReads.damaged(value.key()) : e.answer();
    }
  }

  /**
   * Lends values as files.
   *
   * @param nodes from which values come that are on the disk of another one
   * @param lent where workers read what is lent, and nowhere else
   */
  LocalValues files(
      LocalValues here,
      ReplicaService.CopySource nodes,
      Path directory,
      Path lent,
      InstantSource clock) {
    try {
      ValueCache cache =
          new ValueCache(directory.resolve("cache"), settings.get(BucketSettings.CACHE), clock);
      return new CachedFiles(
          here, nodes, bucket, membership, master, cache, lent.resolve("fetched"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare " + directory + " for lending values", e);
    }
  }
}
