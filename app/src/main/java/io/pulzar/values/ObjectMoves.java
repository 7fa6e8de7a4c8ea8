package io.pulzar.values;

import io.micronaut.scheduling.TaskExecutors;
import io.pulzar.bucket.About;
import io.pulzar.bucket.Bucket;
import io.pulzar.bucket.BucketException;
import io.pulzar.bucket.OnBucket;
import io.pulzar.http.ApiException;
import io.pulzar.keys.Key;
import io.pulzar.keys.KeyOperations;
import io.pulzar.keys.KeyOperations.MovedObject;
import io.pulzar.keys.KeyOperations.Registration;
import io.pulzar.link.LinkHandlers;
import io.pulzar.link.LinkServer;
import io.pulzar.roles.OnNode;
import io.pulzar.values.StoredValue.Content;
import io.pulzar.values.UploadReceiver.BrokenOffException;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes values of this node's disk into the bucket, for the master to let their keys stand for the
 * objects. What was written is read back first, since the copies on disks go then.
 */
@OnNode
@OnBucket
@Singleton
final class ObjectMoves implements LinkHandlers {

  private static final Logger LOG = LoggerFactory.getLogger(ObjectMoves.class);

  private final ValueStore store;
  private final Bucket bucket;
  private final BucketMembership membership;
  private final BucketParts parts;
  private final ExecutorService disk;

  ObjectMoves(
      ValueStore store,
      Bucket bucket,
      BucketMembership membership,
      BucketParts parts,
      @Named(TaskExecutors.BLOCKING) ExecutorService disk) {
    this.store = store;
    this.bucket = bucket;
    this.membership = membership;
    this.parts = parts;
    this.disk = disk;
  }

  @Override
  public void register(LinkServer server) {
    server.on(KeyOperations.MOVE, this::move);
  }

  private CompletionStage<MovedObject> move(Registration asked) {
    return CompletableFuture.supplyAsync(() -> moved(asked), disk);
  }

  private MovedObject moved(Registration asked) {
    StoredValue value =
        store
            .version(new Key(asked.key()), asked.id())
            .orElseThrow(
                () -> ApiException.notFound("key_not_found", "This version is not here any more"));
    int room = Math.clamp(value.size(), 1, parts.partSize());
    try (UploadMemory.Share _ = parts.memory().take(room)) {
      long id = membership.nextNumber();
      About about =
          new About(value.key(), value.written(), value.expires(), UUID.randomUUID().toString());
      ObjectReceiver.Received received =
          new ObjectReceiver(bucket, id, about, value.size(), new byte[room]).receive(open(value));
      return checked(value, id, received);
    } catch (UploadReceiver.TooLargeException | BrokenOffException | DamagedValueException e) {
      LOG.error("value {} (version {}) can't be moved", value.key(), value.id(), e);
      throw damaged(value);
    } catch (BucketException e) {
      LOG.warn("the value of {} was not moved: {}", value.key(), e.getMessage());
      throw e.answer();
    } catch (IOException e) {
      throw ValueWrites.diskFailure(e);
    }
  }

  private InputStream open(StoredValue value) throws IOException {
    return switch (value.content()) {
      case Content.Inline inline -> new ByteArrayInputStream(inline.bytes());
      case Content.InFile file ->
          new VerifiedStream(VerifiedFile.open(store.files(), value, file, 0, value.size()));
    };
  }

  private MovedObject checked(StoredValue value, long id, ObjectReceiver.Received received)
      throws IOException {
    int[] blocks = received.checksums().blocks();
    if (received.size() != value.size() || received.checksums().whole() != value.checksum()) {
      remove(id);
      throw new DamagedValueException("its bytes have another checksum");
    }
    if (!isWhole(value, id, blocks)) {
      remove(id);
      throw ApiException.unavailable(
          "bucket_unavailable",
          "The bucket gave back other bytes than were written into it, so nothing was changed",
          Duration.ofSeconds(5));
    }
    return new MovedObject(id, Base64.getEncoder().encodeToString(ValueTables.packed(blocks)));
  }

  private boolean isWhole(StoredValue value, long id, int[] blocks) throws IOException {
    if (value.size() == 0) {
      return bucket.describe(id).filter(found -> found.size() == 0).isPresent();
    }
    StoredValue written =
        new StoredValue(
            value.key(),
            id,
            value.size(),
            value.checksum(),
            value.written(),
            value.expires(),
            new Content.InFile(blocks));
    try (VerifiedObject object = VerifiedObject.open(bucket, written, blocks, 0, value.size())) {
      object.copyTo(OutputStream.nullOutputStream());
      return true;
    } catch (DamagedValueException e) {
      LOG.error("the object {} is not what was written", id, e);
      return false;
    }
  }

  /** No key stands for it. What stays behind is found later. */
  private void remove(long id) {
    try {
      bucket.remove(id);
    } catch (BucketException e) {
      LOG.debug("object {} stays until the next look through the bucket", id, e);
    }
  }

  private static ApiException damaged(StoredValue value) {
    return new ApiException(
        500,
        "value_damaged",
        "The value of %s is damaged on its node's disk, and is not moved; restore it from a backup,"
                .formatted(value.key())
            + " or delete the key",
        null,
        null);
  }
}
