package io.pulzar.records;

import io.pulzar.records.AcceptedWrite.Draft;
import io.pulzar.storage.Database;
import io.pulzar.storage.StorageEngine;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A store on a real database that can be closed and opened again, without HTTP around it. */
final class Installation implements AutoCloseable {

  static final Duration SKEW = Duration.ofSeconds(60);
  static final Duration TOMBSTONES = Duration.ofDays(30);

  private final Path directory;
  private final Clock clock;
  private final Supplier<String> ids;
  private Database database;
  private RecordStore store;
  private PeerStore peers;

  Installation(Path directory, Clock clock, Supplier<String> ids) {
    this.directory = directory;
    this.clock = clock;
    this.ids = ids;
    this.database = database();
    this.store = opened();
    this.peers = new PeerStore(database, store);
  }

  private Database database() {
    return StorageEngine.local().open(directory, RecordTables.ALL);
  }

  private RecordStore opened() {
    Losers losers = new Losers(Duration.ofDays(7), 1 << 20);
    return new RecordStore(database, clock, SKEW, losers, new RecordSignals(), ids);
  }

  /** As after a restart. */
  void reopen() {
    database.close();
    database = database();
    store = opened();
    peers = new PeerStore(database, store);
  }

  RecordStore store() {
    return store;
  }

  PeerStore peers() {
    return peers;
  }

  Database files() {
    return database;
  }

  WriteAnswer put(String name, String text) {
    return write(name, WriteCondition.ANY, Optional.of(text));
  }

  WriteAnswer remove(String name) {
    return write(name, WriteCondition.PRESENT, Optional.empty());
  }

  WriteAnswer write(String name, WriteCondition condition, Optional<String> text) {
    return store
        .write(
            new AcceptedWrite(
                new RecordKey(Kind.SHARED, name),
                condition,
                text.map(body -> new Draft(body, "", 0)),
                true))
        .toCompletableFuture()
        .join();
  }

  Optional<String> get(String name) {
    return store.find(new RecordKey(Kind.SHARED, name)).map(row -> row.record().body());
  }

  /** Every record that is not deleted, with its version. */
  Map<String, String> all() {
    Map<String, String> all = new TreeMap<>();
    store
        .changes(0)
        .rows()
        .forEach(
            row -> {
              if (!row.record().deleted()) {
                all.put(row.name(), row.record().version() + "=" + row.record().body());
              }
            });
    return all;
  }

  @Override
  public void close() {
    database.close();
  }
}
