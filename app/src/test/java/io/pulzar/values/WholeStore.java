package io.pulzar.values;

import io.pulzar.keys.Key;
import io.pulzar.keys.KeyOperations.CopyQuestion;
import io.pulzar.keys.ScratchFile;
import io.pulzar.keys.TestMaster;
import io.pulzar.keys.WriteOptions;
import io.pulzar.keys.WriteSteps;
import io.pulzar.link.InProcessLink;
import io.pulzar.link.LinkServer;
import io.pulzar.storage.Database;
import io.pulzar.storage.StorageEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** Master and node with real storage and without servers, as after a start. */
final class WholeStore implements AutoCloseable {

  static final String NODE = "node";

  final TestMaster master;
  final ValueStore store;
  private final ValueWrites writes;
  private final ValueReads reads;
  private final Reconciliation settling;
  private final ExecutorService disk = Executors.newVirtualThreadPerTaskExecutor();

  WholeStore(Path directory, Clock clock, WriteSteps steps) throws IOException {
    Path volume = directory.resolve("values");
    AtomicReference<LinkServer> node = new AtomicReference<>();
    master =
        new TestMaster(
            directory.resolve("keys"),
            NODE,
            clock,
            name -> new InProcessLink(Objects.requireNonNull(node.get())),
            steps);
    Database database = StorageEngine.local().open(volume.resolve("index"), ValueTables.ALL);
    store = new ValueStore(database, new ValueFiles(volume, steps), clock, disk, steps);
    MasterIndex index = new MasterIndex(master, NODE);
    writes = new ValueWrites(store, index, clock, disk, 64 << 20, steps);
    reads = new ValueReads(store, disk);
    Quarantine quarantine =
        new Quarantine(volume.resolve("quarantine"), store.files(), clock, Duration.ofDays(7));
    OrphanFiles orphans = new OrphanFiles(store, index, quarantine);
    settling = new Reconciliation(store, index, quarantine);
    node.set(
        new LinkServer(
            List.of(
                new ValueLinkHandlers(
                    store,
                    new ValueConsistencyCheck(store, index, orphans),
                    new ReplicaService(store, index, WholeStore::noOther, clock, disk),
                    disk))));
    int _ = orphans.settle();
    settle();
  }

  private static InputStream noOther(CopyQuestion question) throws IOException {
    throw new IOException("there is no other node than " + NODE);
  }

  void settle() {
    settling.settle().toCompletableFuture().join();
    store.tidy();
  }

  /** A file as a script names it. */
  static FileUpload upload(Path file) {
    try {
      return new FileUpload(new ScratchFile(file, Files.newByteChannel(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void put(String key, Path bytes, boolean replace) {
    writes
        .write(new WriteOptions(Key.of(key), Optional.empty(), replace), upload(bytes))
        .toCompletableFuture()
        .join();
  }

  /** The bytes that a client gets. */
  byte[] get(String key) throws IOException {
    ValueReads.Bytes bytes =
        reads
            .use(Key.of(key), value -> reads.open(value, 0, value.size()))
            .toCompletableFuture()
            .join();
    return switch (bytes) {
      case ValueReads.Bytes.InMemory inMemory -> inMemory.bytes();
      case ValueReads.Bytes.OnDisk onDisk -> {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (VerifiedBytes file = onDisk.file()) {
          ByteBuffer block = ByteBuffer.allocate(BlockChecksums.BLOCK);
          while (file.next(block)) {
            all.write(block.array(), block.position(), block.remaining());
          }
        }
        yield all.toByteArray();
      }
    };
  }

  boolean has(String key) {
    return store.find(Key.of(key)).isPresent();
  }

  /** The versions that have files, and those whose rows say so. */
  boolean everyFileHasItsRow() throws IOException {
    Set<Long> files = new HashSet<>();
    store.files().forEach(files::add);
    Set<Long> rows = new HashSet<>();
    for (StoredValue value : store.page(Optional.empty(), 100_000)) {
      if (value.content() instanceof StoredValue.Content.InFile) {
        rows.add(value.id());
      }
    }
    return files.equals(rows);
  }

  boolean hasDrafts(Path directory) throws IOException {
    try (var drafts = Files.list(directory.resolve("values").resolve("incoming"))) {
      return drafts.findAny().isPresent();
    }
  }

  @Override
  public void close() {
    disk.close();
    store.close();
    master.close();
  }
}
