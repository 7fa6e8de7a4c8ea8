package io.pulzar.keys;

import static io.pulzar.keys.IndexTables.EXPIRIES;
import static io.pulzar.keys.IndexTables.GARBAGE;
import static io.pulzar.keys.IndexTables.KEYS;

import io.pulzar.keys.IndexTables.Dropped;
import io.pulzar.keys.IndexTables.Expiry;
import io.pulzar.keys.IndexTables.Garbage;
import io.pulzar.keys.IndexTables.IndexRow;
import io.pulzar.lmdb.Database;
import io.pulzar.lmdb.Entry;
import io.pulzar.lmdb.Range;
import io.pulzar.lmdb.ReadTransaction;
import io.pulzar.lmdb.TableStatistics;
import io.pulzar.lmdb.ValueForm.Present;
import io.pulzar.lmdb.WriteTransaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The key index in LMDB. */
final class LmdbKeyIndex implements KeyIndex {

  private static final Instant AT_ONCE = Instant.EPOCH;

  private final Database database;
  private final InstantSource clock;
  private final Withdrawals withdrawals;

  LmdbKeyIndex(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.withdrawals = new Withdrawals(clock);
  }

  @Override
  public Optional<Location> find(Key key) {
    Instant now = clock.instant();
    return database.read(transaction -> living(transaction, StoredName.of(key), now));
  }

  @Override
  public CompletionStage<Recording> record(Key key, Location location, boolean replace) {
    Instant now = clock.instant();
    String name = StoredName.of(key);
    return database.write(
        transaction -> {
          Optional<IndexRow> present = transaction.get(KEYS, name);
          Optional<Location> old = present.map(IndexRow::location);
          if (old.isPresent() && isVersion(old.get(), location.node(), location.id())) {
            return new Recording.Stored(Optional.empty());
          }
          if (withdrawals.contains(location.node(), location.id())) {
            return new Recording.Withdrawn();
          }
          if (old.isPresent() && !replace && !old.get().expiredAt(now)) {
            return new Recording.Exists();
          }
          old.ifPresent(
              gone -> drop(transaction, key, name, gone, handedOver(gone, location, now)));
          put(transaction, key, name, location);
          return new Recording.Stored(old);
        });
  }

  @Override
  public CompletionStage<Optional<Location>> remove(Key key) {
    Instant now = clock.instant();
    String name = StoredName.of(key);
    return database.write(
        transaction -> {
          Optional<Location> living = living(transaction, name, now);
          living.ifPresent(
              location -> {
                drop(transaction, key, name, location, AT_ONCE);
                transaction.delete(KEYS, name);
              });
          return living;
        });
  }

  @Override
  public CompletionStage<List<Version>> settle(String node, List<Version> versions, boolean adopt) {
    List<Version> doubtful = List.copyOf(versions);
    doubtful.forEach(version -> withdrawals.add(node, version.id()));
    return database.write(
        transaction -> {
          List<Version> recorded =
              doubtful.stream().filter(version -> isCurrent(transaction, node, version)).toList();
          if (adopt) {
            return recorded;
          }
          recorded.forEach(version -> forget(transaction, new Key(version.key())));
          return List.of();
        });
  }

  @Override
  public CompletionStage<Integer> adopt(List<Row> rows) {
    List<Row> offered = List.copyOf(rows);
    Instant now = clock.instant();
    return database.write(
        transaction -> {
          int adopted = 0;
          for (Row row : offered) {
            adopted += adopt(transaction, row, now) ? 1 : 0;
          }
          return adopted;
        });
  }

  @Override
  public List<Row> page(String prefix, String after, int limit) {
    Instant now = clock.instant();
    KeyScan scan = new KeyScan(prefix, after, limit);
    return database.read(
        transaction -> scan.run(transaction, (key, location) -> !location.expiredAt(now)));
  }

  @Override
  public List<Row> search(String text, DateRange dates, int limit) {
    Instant now = clock.instant();
    KeyScan scan = new KeyScan("", "", limit).containing(text);
    return database.read(
        transaction ->
            scan.run(
                transaction,
                (key, location) -> !location.expiredAt(now) && dates.contains(location.written())));
  }

  @Override
  public boolean hasDue() {
    Instant now = clock.instant();
    return database.read(
        transaction ->
            transaction
                .first(EXPIRIES, Range.all())
                .filter(next -> !next.key().at().isAfter(now))
                .isPresent());
  }

  @Override
  public CompletionStage<Integer> expire(int limit) {
    Instant now = clock.instant();
    return database.write(
        transaction -> {
          List<Entry<Expiry, Present>> due = new ArrayList<>();
          for (Entry<Expiry, Present> next : transaction.page(EXPIRIES, Range.all(), limit)) {
            if (next.key().at().isAfter(now)) {
              break;
            }
            due.add(next);
          }
          due.forEach(entry -> expire(transaction, entry.key()));
          return due.size();
        });
  }

  @Override
  public boolean isGarbage(String node, long id) {
    return database.read(transaction -> transaction.contains(GARBAGE, new Garbage(node, id)));
  }

  @Override
  public CompletionStage<Boolean> forget(String node, Version version) {
    return database.write(
        transaction -> {
          boolean current = isCurrent(transaction, node, version);
          if (current) {
            forget(transaction, new Key(version.key()));
          }
          return current;
        });
  }

  @Override
  public List<Version> garbage(String node, Instant before, int limit) {
    Range<Garbage> ofNode =
        Range.from(new Garbage(node, Long.MIN_VALUE)).upTo(new Garbage(node, Long.MAX_VALUE));
    List<Version> garbage = new ArrayList<>();
    database.read(
        transaction -> {
          transaction.scan(
              GARBAGE,
              ofNode,
              (version, dropped) -> {
                if (dropped.at().isBefore(before)) {
                  garbage.add(new Version(dropped.key(), version.id()));
                }
                return garbage.size() < limit;
              });
          return garbage;
        });
    return garbage;
  }

  @Override
  public CompletionStage<Void> disposed(String node, List<Version> versions) {
    List<Version> gone = List.copyOf(versions);
    return database
        .write(
            transaction -> {
              gone.forEach(version -> transaction.delete(GARBAGE, new Garbage(node, version.id())));
              return Present.YES;
            })
        .thenAccept(done -> {});
  }

  @Override
  public TableStatistics statistics() {
    return database.statistics(KEYS);
  }

  @Override
  public void close() {
    database.close();
  }

  private static boolean adopt(WriteTransaction transaction, Row row, Instant now) {
    Key key = row.key();
    Location offered = row.location();
    String name = StoredName.of(key);
    if (transaction.contains(GARBAGE, new Garbage(offered.node(), offered.id()))) {
      return false;
    }
    Optional<Location> present = transaction.get(KEYS, name).map(IndexRow::location);
    if (present.isPresent() && !isNewer(offered, present.get())) {
      return false;
    }
    present.ifPresent(
        old -> {
          if (isVersion(old, offered.node(), offered.id())) {
            forgetExpiry(transaction, name, old);
          } else {
            drop(transaction, key, name, old, now);
          }
        });
    put(transaction, key, name, offered);
    return true;
  }

  /**
   * Of the same version its node knows best; of two from the same millisecond the later number was
   * written later.
   */
  private static boolean isNewer(Location offered, Location present) {
    boolean sameNode = offered.node().equals(present.node());
    if (sameNode && offered.id() == present.id()) {
      return !offered.equals(present);
    }
    return offered.written().isAfter(present.written())
        || (sameNode && offered.written().equals(present.written()) && offered.id() > present.id());
  }

  private static void expire(WriteTransaction transaction, Expiry due) {
    transaction.delete(EXPIRIES, due);
    Optional<IndexRow> row = transaction.get(KEYS, due.name());
    if (row.isPresent() && row.get().location().expires().equals(Optional.of(due.at()))) {
      Location location = row.get().location();
      Key key = new Key(row.get().path().isEmpty() ? due.name() : row.get().path());
      drop(transaction, key, due.name(), location, AT_ONCE);
      transaction.delete(KEYS, due.name());
    }
  }

  /** Removes a key whose value its node drops by itself. */
  private static void forget(WriteTransaction transaction, Key key) {
    String name = StoredName.of(key);
    transaction.get(KEYS, name).ifPresent(row -> forgetExpiry(transaction, name, row.location()));
    transaction.delete(KEYS, name);
  }

  private static void put(WriteTransaction transaction, Key key, String name, Location location) {
    transaction.put(KEYS, name, IndexRow.of(name, key, location));
    location
        .expires()
        .ifPresent(at -> transaction.put(EXPIRIES, new Expiry(at, name), Present.YES));
  }

  /** Notes that a node is to drop this value; the key's own row is the caller's to change. */
  private static void drop(
      WriteTransaction transaction, Key key, String name, Location location, Instant at) {
    forgetExpiry(transaction, name, location);
    transaction.put(
        GARBAGE, new Garbage(location.node(), location.id()), new Dropped(key.path(), at));
  }

  /** A node that has the next version too drops the old one itself when it shows the new one. */
  private static Instant handedOver(Location old, Location next, Instant now) {
    return old.node().equals(next.node()) ? now : AT_ONCE;
  }

  private static void forgetExpiry(WriteTransaction transaction, String name, Location location) {
    location.expires().ifPresent(at -> transaction.delete(EXPIRIES, new Expiry(at, name)));
  }

  private static Optional<Location> living(ReadTransaction transaction, String name, Instant now) {
    return transaction
        .get(KEYS, name)
        .map(IndexRow::location)
        .filter(location -> !location.expiredAt(now));
  }

  private static boolean isCurrent(ReadTransaction transaction, String node, Version version) {
    return transaction
        .get(KEYS, StoredName.of(new Key(version.key())))
        .filter(row -> isVersion(row.location(), node, version.id()))
        .isPresent();
  }

  private static boolean isVersion(Location location, String node, long id) {
    return location.id() == id && location.node().equals(node);
  }
}
