package io.pulzar.values;

import io.pulzar.http.ApiException;
import io.pulzar.keys.Key;
import io.pulzar.keys.WriteOptions;
import io.pulzar.keys.WriteSteps;
import io.pulzar.storage.Database;
import io.pulzar.storage.StorageEngine;
import io.pulzar.values.ValueReads.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A node's values with real storage, in front of a scripted master. */
final class NodeFixture implements AutoCloseable {

  static final long MAX_SIZE = 5 << 20;

  final ScriptedMaster master;
  final ValueStore store;
  final MasterIndex index;
  final ValueWrites writes;
  final ValueReads reads;
  final Reconciliation settling;
  final Quarantine quarantine;
  final OrphanFiles orphans;
  Instant now = Instant.parse("2026-11-21T08:00:00Z");

  NodeFixture(Path directory, ScriptedMaster master) {
    this.master = master;
    Database database = StorageEngine.local().open(directory.resolve("index"), ValueTables.ALL);
    store =
        new ValueStore(
            database,
            new ValueFiles(directory, WriteSteps.NONE),
            () -> now,
            Runnable::run,
            WriteSteps.NONE);
    index = new MasterIndex(master, "node");
    writes = new ValueWrites(store, index, () -> now, Runnable::run, MAX_SIZE, WriteSteps.NONE);
    reads = new ValueReads(store, Runnable::run);
    quarantine =
        new Quarantine(
            directory.resolve("quarantine"), store.files(), () -> now, Duration.ofDays(7));
    orphans = new OrphanFiles(store, index, quarantine);
    settling = new Reconciliation(store, index, quarantine);
  }

  StoredValue put(String key, byte[] bytes, boolean replace) {
    return put(key, bytes, replace, OptionalLong.of(bytes.length));
  }

  StoredValue put(String key, byte[] bytes, boolean replace, OptionalLong announced) {
    WriteOptions options = new WriteOptions(Key.of(key), Optional.empty(), replace);
    return unwrapped(() -> writes.write(options, upload(bytes, announced)));
  }

  /** The bytes that a client gets. */
  byte[] get(String key) {
    StoredValue value = reads.find(Key.of(key));
    return read(value, 0, value.size());
  }

  byte[] read(StoredValue value, long from, long length) {
    return switch (unwrapped(() -> reads.open(value, from, length))) {
      case Bytes.InMemory inMemory -> inMemory.bytes();
      case Bytes.OnDisk onDisk -> all(onDisk.file());
    };
  }

  boolean has(String key) {
    return store.find(Key.of(key)).isPresent();
  }

  @Override
  public void close() {
    store.close();
  }

  private static byte[] all(VerifiedBytes file) {
    try (file) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ByteBuffer block = ByteBuffer.allocate(BlockChecksums.BLOCK);
      while (file.next(block)) {
        bytes.write(block.array(), block.position(), block.remaining());
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static UploadBody upload(byte[] bytes, OptionalLong announced) {
    return new UploadBody() {
      @Override
      public OptionalLong announced() {
        return announced;
      }

      @Override
      public CompletionStage<byte[]> whole() {
        return CompletableFuture.completedStage(bytes);
      }

      @Override
      public InputStream stream() {
        return new ByteArrayInputStream(bytes);
      }
    };
  }

  /** Waits, and throws the refusal itself. */
  private static <T> T unwrapped(Supplier<CompletionStage<T>> work) {
    try {
      return work.get().toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ApiException refusal) {
        throw refusal;
      }
      throw e;
    }
  }
}
