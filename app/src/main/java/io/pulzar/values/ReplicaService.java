package io.pulzar.values;

import io.pulzar.http.ApiException;
import io.pulzar.keys.Key;
import io.pulzar.keys.KeyOperations;
import io.pulzar.keys.KeyOperations.CopyQuestion;
import io.pulzar.keys.KeyOperations.Registration;
import io.pulzar.keys.Replica;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes copies of values that other nodes have. A copy stays hidden until the master says that it
 * counts; when the master does not say, it is asked.
 */
final class ReplicaService {

  private static final Logger LOG = LoggerFactory.getLogger(ReplicaService.class);

  private final ValueStore store;
  private final MasterIndex master;
  private final CopySource source;
  private final InstantSource clock;
  private final Executor disk;

  /** Copies whose standing the master has not told, and when it will be asked. */
  private final Map<Long, Instant> waiting = new ConcurrentHashMap<>();

  /** Reads a value from the node that has it. */
  @FunctionalInterface
  interface CopySource {
    InputStream open(CopyQuestion question) throws IOException, InterruptedException;
  }

  ReplicaService(
      ValueStore store, MasterIndex master, CopySource source, InstantSource clock, Executor disk) {
    this.store = store;
    this.master = master;
    this.source = source;
    this.clock = clock;
    this.disk = disk;
  }

  /** Copies a value; complete when it is on the disk, and hidden. */
  CompletionStage<Replica> copy(CopyQuestion question) {
    return CompletableFuture.supplyAsync(() -> receive(question), disk)
        .thenCompose(store::keep)
        .thenApply(
            value -> {
              Duration patience =
                  KeyOperations.forBytes(KeyOperations.RECORD, 2 * value.size()).patience();
              waiting.put(value.id(), clock.instant().plus(patience.multipliedBy(2)));
              return new Replica(master.node(), value.id());
            });
  }

  /** The master points to this copy. */
  void show(long id) {
    waiting.remove(id);
    store.confirm(id);
  }

  /** Lets the master be asked about copies of which it should have told long ago. */
  void doubt() {
    Instant now = clock.instant();
    waiting.entrySet().stream()
        .filter(copy -> copy.getValue().isBefore(now))
        .map(Map.Entry::getKey)
        .toList()
        .forEach(
            id -> {
              waiting.remove(id);
              store.doubt(id);
            });
  }

  private StoredValue receive(CopyQuestion question) {
    Registration from = question.value();
    long id = store.nextId();
    try (InputStream body = open(question);
        UploadReceiver reception = new UploadReceiver(store.files(), id, from.size(), disk)) {
      UploadReceiver.Received received = reception.receive(body);
      if (received.size() != from.size() || received.checksum() != from.checksum()) {
        store.files().delete(id);
        throw unreadable(from, "it has other bytes than were written");
      }
      return new StoredValue(
          new Key(from.key()).path(),
          id,
          from.size(),
          from.checksum(),
          Instant.ofEpochMilli(from.written()),
          Optional.ofNullable(from.expires()).map(Instant::ofEpochMilli),
          received.content(),
          new ReplicationState(from.version(), from.asked()));
    } catch (UploadReceiver.TooLargeException | UploadReceiver.BrokenOffException e) {
      throw unreadable(from, "it ended early or late");
    } catch (IOException e) {
      throw ValueWrites.diskFailure(e);
    }
  }

  private InputStream open(CopyQuestion question) {
    try {
      return source.open(question);
    } catch (IOException e) {
      throw unreadable(question.value(), String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreadable(question.value(), "the node stops");
    }
  }

  private static ApiException unreadable(Registration from, String why) {
    LOG.warn("{} can't be copied from node {}: {}", from.key(), from.node(), why);
    return new ApiException(
        500,
        "copy_failed",
        "the value of %s can't be copied from node %s: %s".formatted(from.key(), from.node(), why),
        null,
        null);
  }
}
