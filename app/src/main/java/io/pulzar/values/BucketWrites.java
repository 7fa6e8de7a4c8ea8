package io.pulzar.values;

import io.pulzar.bucket.About;
import io.pulzar.bucket.Bucket;
import io.pulzar.bucket.BucketException;
import io.pulzar.http.ApiException;
import io.pulzar.http.BrokenRequestException;
import io.pulzar.keys.KeyOperations.Recorded;
import io.pulzar.keys.ValueVersion;
import io.pulzar.keys.WriteCondition;
import io.pulzar.keys.WriteOptions;
import io.pulzar.link.LinkDownException;
import io.pulzar.values.StoredValue.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes values in for the bucket: a complete object first, then the master's index, then the
 * answer. A crash in between leaves an object that no key stands for, which is found and removed.
 */
final class BucketWrites implements ValueSink {

  private static final Logger LOG = LoggerFactory.getLogger(BucketWrites.class);

  private final Bucket bucket;
  private final BucketMembership membership;
  private final MasterIndex master;
  private final UnsettledObjects unsettled;
  private final UploadMemory memory;
  private final InstantSource clock;
  private final Executor disk;
  private final long maxSize;
  private final int partSize;

  /**
   * @param disk where waiting for the bucket may block
   * @param maxSize bytes of the largest value that is taken
   * @param partSize bytes of a part of a larger one
   */
  BucketWrites(
      Bucket bucket,
      BucketMembership membership,
      MasterIndex master,
      UnsettledObjects unsettled,
      UploadMemory memory,
      InstantSource clock,
      Executor disk,
      long maxSize,
      int partSize) {
    this.bucket = bucket;
    this.membership = membership;
    this.master = master;
    this.unsettled = unsettled;
    this.memory = memory;
    this.clock = clock;
    this.disk = disk;
    this.maxSize = maxSize;
    this.partSize = partSize;
  }

  @Override
  public CompletionStage<StoredValue> write(WriteOptions request, UploadBody upload) {
    long announced = upload.announced().orElse(-1);
    if (announced > maxSize) {
      return CompletableFuture.failedStage(ValueWrites.tooLarge(maxSize));
    }
    boolean isSmall = announced >= 0 && announced <= ValueWrites.INLINE;
    CompletionStage<StoredValue> received =
        isSmall
            ? upload
                .whole()
                .thenApplyAsync(
                    bytes -> receive(request, new ByteArrayInputStream(bytes), announced), disk)
            : CompletableFuture.supplyAsync(
                () -> {
                  refuseEarly(request);
                  return receive(request, upload.stream(), announced);
                },
                disk);
    return received.thenCompose(value -> register(value, request));
  }

  /** Before all of a large body is sent for nothing. */
  private void refuseEarly(WriteOptions request) {
    if (request.replace() || request.condition().hasHeaders()) {
      return;
    }
    try {
      var _ = master.findObject(request.key()).toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ApiException refusal && refusal.status() == 404) {
        return;
      }
      throw e;
    }
    throw ValueWrites.exists(request);
  }

  private StoredValue receive(WriteOptions request, InputStream body, long announced) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Optional<Instant> expires =
        request.lifetime().map(lifetime -> now.plus(lifetime).truncatedTo(ChronoUnit.MILLIS));
    String key = request.key().path();
    int room = announced < 0 ? partSize : Math.clamp(announced, 1, partSize);
    try (UploadMemory.Share _ = memory.take(room)) {
      long id = membership.nextNumber();
      About about = new About(key, now, expires, UUID.randomUUID().toString());
      ObjectReceiver.Received received =
          new ObjectReceiver(bucket, id, about, maxSize, new byte[room]).receive(body);
      return new StoredValue(
          key,
          id,
          received.size(),
          received.checksums().whole(),
          now,
          expires,
          new Content.InFile(received.checksums().blocks()));
    } catch (UploadReceiver.TooLargeException e) {
      throw ValueWrites.tooLarge(maxSize);
    } catch (UploadReceiver.BrokenOffException e) {
      throw BrokenRequestException.refusal(e);
    } catch (BucketException e) {
      LOG.warn("the value of {} was not kept: {}", key, e.getMessage());
      throw e.answer();
    } catch (IOException e) {
      throw ValueWrites.diskFailure(e);
    }
  }

  private CompletionStage<StoredValue> register(StoredValue value, WriteOptions request) {
    int[] blocks = value.content() instanceof Content.InFile file ? file.blocks() : new int[0];
    return master
        .recordObject(value, blocks, request.condition())
        .handle(
            (answer, failure) -> {
              if (failure != null) {
                throw refused(value, request, failure);
              }
              return accepted(value, request, answer);
            });
  }

  private StoredValue accepted(StoredValue value, WriteOptions request, Recorded answer) {
    return switch (answer.outcome()) {
      case RECORDED -> value;
      case EXISTS -> {
        discard(value.id());
        throw ValueWrites.exists(request);
      }
      case UNMET -> {
        discard(value.id());
        throw WriteCondition.unmet(request.key());
      }
      case WITHDRAWN -> {
        discard(value.id());
        throw ValueWrites.unreachable();
      }
    };
  }

  /**
   * The master refused, or nobody knows. In the second case a plain write is taken back when the
   * master can be asked, since its client is told that it failed, while a replacement is kept if
   * the master has given up the old value for it.
   */
  private ApiException refused(StoredValue value, WriteOptions request, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof ApiException refusal && ValueWrites.changedNothing(refusal)) {
      discard(value.id());
      return refusal;
    }
    unsettled.add(new ValueVersion(value.key(), value.id()), request.replace());
    if (!(cause instanceof LinkDownException)) {
      LOG.error("recording {} at the master failed", value.key(), cause);
    }
    return ValueWrites.unreachable();
  }

  /** No key stands for it. What stays behind is found later. */
  private void discard(long id) {
    disk.execute(
        () -> {
          try {
            bucket.remove(id);
          } catch (BucketException e) {
            LOG.debug("object {} stays until the next look through the bucket", id, e);
          }
        });
  }
}
