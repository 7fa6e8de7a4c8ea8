package io.pulzar.values;

import io.pulzar.http.ApiException;
import io.pulzar.http.BrokenRequestException;
import io.pulzar.keys.KeyOperations.Recorded;
import io.pulzar.keys.ValueVersion;
import io.pulzar.keys.WriteCondition;
import io.pulzar.keys.WriteOptions;
import io.pulzar.keys.WriteSteps;
import io.pulzar.keys.WriteSteps.Step;
import io.pulzar.link.LinkDownException;
import io.pulzar.values.StoredValue.Content;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes values in: bytes to the disk first, then into the master's index, then the answer. Whatever
 * fails leaves nothing behind that anybody can see.
 */
final class ValueWrites implements ValueSink {

  /** Values up to this size are kept in LMDB. */
  static final int INLINE = 64 << 10;

  private static final int SERVER_ERRORS = 500;
  private static final int DISK_FULL = 507;

  /** Refusals after which nothing was changed, though they are a server's. */
  private static final Set<String> UNCHANGED =
      Set.of("too_few_nodes", "values_set_differently", "bucket_unavailable");

  private static final Logger LOG = LoggerFactory.getLogger(ValueWrites.class);

  private final ValueStore store;
  private final MasterIndex master;
  private final InstantSource clock;
  private final Executor disk;
  private final long maxSize;
  private final WriteSteps steps;

  /**
   * @param disk where reading bodies and writing files may block
   * @param maxSize bytes of the largest value that is taken
   */
  ValueWrites(
      ValueStore store,
      MasterIndex master,
      InstantSource clock,
      Executor disk,
      long maxSize,
      WriteSteps steps) {
    this.store = store;
    this.master = master;
    this.clock = clock;
    this.disk = disk;
    this.maxSize = maxSize;
    this.steps = steps;
  }

  @Override
  public CompletionStage<StoredValue> write(WriteOptions request, UploadBody upload) {
    long announced = upload.announced().orElse(-1);
    if (announced > maxSize) {
      return CompletableFuture.failedStage(tooLarge(maxSize));
    }
    if (!request.replace()
        && !request.condition().hasHeaders()
        && store.find(request.key()).isPresent()) {
      return CompletableFuture.failedStage(exists(request));
    }
    CompletionStage<StoredValue> received =
        announced >= 0 && announced <= INLINE
            ? upload.whole().thenApply(bytes -> inline(request, bytes))
            : CompletableFuture.supplyAsync(() -> receive(request, upload), disk);
    return received.thenCompose(store::keep).thenCompose(value -> register(value, request));
  }

  private StoredValue inline(WriteOptions request, byte[] bytes) {
    return version(
        request, store.nextId(), bytes.length, BlockChecksums.of(bytes), new Content.Inline(bytes));
  }

  private StoredValue receive(WriteOptions request, UploadBody upload) {
    long id = store.nextId();
    try (UploadReceiver reception = new UploadReceiver(store.files(), id, maxSize, disk)) {
      UploadReceiver.Received received = reception.receive(upload.stream());
      return version(request, id, received.size(), received.checksum(), received.content());
    } catch (UploadReceiver.TooLargeException e) {
      throw tooLarge(maxSize);
    } catch (UploadReceiver.BrokenOffException e) {
      throw BrokenRequestException.refusal(e);
    } catch (IOException e) {
      throw diskFailure(e);
    }
  }

  private StoredValue version(
      WriteOptions request, long id, long size, int checksum, Content content) {
    ReplicationState shared =
        request.replicas() > 1
            ? new ReplicationState(id, request.replicas())
            : ReplicationState.NOT;
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new StoredValue(
        request.key().path(),
        id,
        size,
        checksum,
        now,
        request.lifetime().map(lifetime -> now.plus(lifetime).truncatedTo(ChronoUnit.MILLIS)),
        content,
        shared);
  }

  private CompletionStage<StoredValue> register(StoredValue value, WriteOptions request) {
    return master
        .record(value, request.condition())
        .handle(
            (answer, failure) -> {
              if (failure == null) {
                return accepted(value, request, answer);
              }
              throw refused(value, request, failure);
            });
  }

  private StoredValue accepted(StoredValue value, WriteOptions request, Recorded answer) {
    steps.reached(Step.ANSWERED);
    ValueVersion version = new ValueVersion(value.key(), value.id());
    return switch (answer.outcome()) {
      case RECORDED -> {
        // In this order: there is no moment without a value to read.
        store.confirm(value.id());
        if (master.node().equals(answer.replacedNode())) {
          store.drop(new ValueVersion(value.key(), answer.replacedId()));
        }
        steps.reached(Step.SHOWN);
        yield value;
      }
      case EXISTS -> {
        store.drop(version);
        throw exists(request);
      }
      case UNMET -> {
        store.drop(version);
        throw WriteCondition.unmet(request.key());
      }
      case WITHDRAWN -> {
        store.drop(version);
        throw unreachable();
      }
    };
  }

  /**
   * The master refused, or nobody knows. In the second case the version stays hidden until the
   * master has said what it did; a plain write is then taken back, since its client is told that it
   * failed, while a replacement is kept if the master has given up the old value for it.
   */
  private ApiException refused(StoredValue value, WriteOptions request, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    ValueVersion version = new ValueVersion(value.key(), value.id());
    if (cause instanceof ApiException refusal && changedNothing(refusal)) {
      store.drop(version);
      return refusal;
    }
    store.unsettle(value.id(), request.replace());
    if (!(cause instanceof LinkDownException)) {
      LOG.error("recording {} at the master failed", value.key(), cause);
    }
    return unreachable();
  }

  /** A server that failed in another way may have recorded it before. */
  static boolean changedNothing(ApiException refusal) {
    return refusal.status() < SERVER_ERRORS
        || refusal.status() == DISK_FULL
        || UNCHANGED.contains(refusal.code());
  }

  static ApiException tooLarge(long maxSize) {
    return ApiException.tooLarge(
        "value_too_large",
        "The value is larger than "
            + maxSize
            + " bytes; send less, or raise pulzar.general.maxsize");
  }

  static ApiException exists(WriteOptions request) {
    return ApiException.conflict(
        "key_exists",
        "The key %s exists; delete it first, or add ?replace=true".formatted(request.key()));
  }

  static ApiException unreachable() {
    return ApiException.unavailable(
        "master_unreachable",
        "The master could not be asked to record the key, so the value was not kept; try again",
        Duration.ofSeconds(2));
  }

  static ApiException diskFailure(IOException failure) {
    String text = String.valueOf(failure.getMessage());
    if (text.contains("No space left") || text.contains("quota")) {
      return ApiException.diskFull(
          "The node's disk is full, so the value was not kept; delete values or add space");
    }
    LOG.error("receiving a value failed", failure);
    return new ApiException(
        500, "storage_failed", "The node could not write the value; its log tells why", null, null);
  }
}
