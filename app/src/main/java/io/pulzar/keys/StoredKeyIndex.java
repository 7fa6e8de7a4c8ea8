package io.pulzar.keys;

import static io.pulzar.keys.KeyTables.EXPIRIES;
import static io.pulzar.keys.KeyTables.GARBAGE;
import static io.pulzar.keys.KeyTables.KEYS;
import static io.pulzar.keys.KeyTables.OBJECTS;
import static io.pulzar.keys.KeyTables.SHARED;

import io.pulzar.keys.KeyTables.Expiry;
import io.pulzar.keys.KeyTables.Garbage;
import io.pulzar.storage.Database;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.storage.TableStatistics;
import io.pulzar.storage.ValueForm.Present;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The key index in LMDB. */
final class StoredKeyIndex implements KeyIndex {

  private final Database database;
  private final InstantSource clock;
  private final Withdrawals withdrawals;

  StoredKeyIndex(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.withdrawals = new Withdrawals(clock);
  }

  @Override
  public Optional<Location> find(Key key) {
    Instant now = clock.instant();
    return database.read(transaction -> living(transaction, key, now));
  }

  @Override
  public CompletionStage<RegistrationResult> record(
      Key key, Location location, WriteCondition condition) {
    return change(index -> record(index, key, location, condition));
  }

  @Override
  public CompletionStage<RegistrationResult> recordObject(
      Key key, Location location, byte[] blocks, WriteCondition condition) {
    return change(
        index -> {
          if (index.isGarbage(new Replica(Location.BUCKET, location.id()))) {
            return new RegistrationResult.Withdrawn();
          }
          RegistrationResult result = record(index, key, location, condition);
          if (result instanceof RegistrationResult.Stored) {
            index.putObject(key, location.id(), blocks);
          }
          return result;
        });
  }

  private RegistrationResult record(
      IndexChanges index, Key key, Location location, WriteCondition condition) {
    Optional<Location> old = index.find(key);
    if (old.isPresent() && old.get().isAt(location.node(), location.id())) {
      return new RegistrationResult.Stored(Optional.empty(), old.get());
    }
    if (location.holders().stream().anyMatch(withdrawals::contains)) {
      return new RegistrationResult.Withdrawn();
    }
    Optional<Location> living = old.filter(present -> !present.expiredAt(index.now()));
    if (!condition.isMet(living)) {
      return new RegistrationResult.Unmet();
    }
    if (living.isPresent() && !condition.replace()) {
      return new RegistrationResult.Exists();
    }
    index.put(key, old, location);
    return new RegistrationResult.Stored(old, location);
  }

  @Override
  public CompletionStage<Optional<Location>> remove(Key key, WriteCondition condition) {
    return change(
        index -> {
          Optional<Location> living =
              index.find(key).filter(location -> !location.expiredAt(index.now()));
          if (!condition.isMet(living)) {
            throw WriteCondition.unmet(key);
          }
          living.ifPresent(location -> index.remove(key, location));
          return living;
        });
  }

  @Override
  public CompletionStage<List<ValueVersion>> settle(
      String node, List<ValueVersion> versions, boolean adopt) {
    List<ValueVersion> doubtful = List.copyOf(versions);
    doubtful.forEach(version -> withdrawals.add(new Replica(node, version.id())));
    return change(
        index -> {
          List<ValueVersion> recorded =
              doubtful.stream()
                  .filter(version -> index.current(node, version).isPresent())
                  .toList();
          if (adopt) {
            return recorded;
          }
          recorded.forEach(version -> takeOut(index, node, version));
          return List.of();
        });
  }

  private static void takeOut(IndexChanges index, String node, ValueVersion version) {
    index
        .current(node, version)
        .ifPresent(
            location ->
                index.removeWithout(
                    new Key(version.key()), location, new Replica(node, version.id())));
  }

  @Override
  public CompletionStage<Integer> adopt(List<Row> rows) {
    List<Row> offered = List.copyOf(rows);
    return change(index -> (int) offered.stream().filter(index::adopt).count());
  }

  @Override
  public CompletionStage<Boolean> addCopy(Row seen, Replica copy) {
    return change(
        index -> {
          Optional<Location> present =
              unchanged(index, seen)
                  .filter(location -> location.at(copy.node()).isEmpty())
                  .filter(location -> !withdrawals.contains(copy));
          present.ifPresent(location -> index.rewrite(seen.key(), location, location.with(copy)));
          return present.isPresent();
        });
  }

  @Override
  public CompletionStage<Boolean> replaceCopy(Row seen, Replica damaged, Replica copy) {
    return change(
        index -> {
          Optional<Location> present =
              unchanged(index, seen)
                  .filter(location -> location.isAt(damaged.node(), damaged.id()))
                  .filter(location -> !withdrawals.contains(copy));
          Optional<Location> renewed =
              present.flatMap(location -> location.without(damaged)).map(rest -> rest.with(copy));
          renewed.ifPresent(
              after -> {
                index.rewrite(seen.key(), present.orElseThrow(), after);
                index.dropCopy(seen.key(), damaged);
              });
          return renewed.isPresent();
        });
  }

  @Override
  public CompletionStage<Boolean> move(Row seen, Replica copy, byte[] blocks) {
    return change(
        index -> {
          Optional<Location> present =
              unchanged(index, seen)
                  .filter(location -> location.at(copy.node()).isEmpty())
                  .filter(location -> !withdrawals.contains(copy))
                  .filter(location -> !index.isGarbage(copy));
          present.ifPresent(location -> index.move(seen.key(), location, copy, blocks));
          return present.isPresent();
        });
  }

  /** Where the value is by now, if its key still stands for it. */
  private static Optional<Location> unchanged(IndexChanges index, Row seen) {
    return index.find(seen.key()).filter(now -> now.isSameContent(seen.location()));
  }

  @Override
  public List<Row> page(KeyFilter filter, String after, int limit) {
    KeyScan scan = new KeyScan(filter, after, limit, clock.instant());
    return database.read(scan::run);
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
    return change(
        index -> {
          List<Expiry> due = index.due(limit);
          due.forEach(index::expire);
          return due.size();
        });
  }

  @Override
  public boolean isGarbage(String node, long id) {
    return database.read(transaction -> transaction.contains(GARBAGE, new Garbage(node, id)));
  }

  @Override
  public CompletionStage<Boolean> forget(String node, ValueVersion version) {
    Key key = new Key(version.key());
    return change(
        index -> {
          Optional<Location> current = index.current(node, version);
          Optional<Location> left =
              current.flatMap(location -> location.without(new Replica(node, version.id())));
          left.ifPresentOrElse(
              rest -> index.rewrite(key, current.orElseThrow(), rest),
              () -> takeOut(index, node, version));
          return current.isPresent();
        });
  }

  @Override
  public List<ValueVersion> garbage(String node, Instant before, int limit) {
    Range<Garbage> ofNode =
        Range.from(new Garbage(node, Long.MIN_VALUE)).upTo(new Garbage(node, Long.MAX_VALUE));
    List<ValueVersion> garbage = new ArrayList<>();
    database.read(
        transaction -> {
          transaction.scan(
              GARBAGE,
              ofNode,
              (version, dropped) -> {
                if (dropped.at().isBefore(before)) {
                  garbage.add(new ValueVersion(dropped.key(), version.id()));
                }
                return garbage.size() < limit;
              });
          return garbage;
        });
    return garbage;
  }

  @Override
  public CompletionStage<Void> disposed(String node, List<ValueVersion> versions) {
    List<ValueVersion> gone = List.copyOf(versions);
    return database
        .write(
            transaction -> {
              gone.forEach(version -> transaction.delete(GARBAGE, new Garbage(node, version.id())));
              if (node.equals(Location.BUCKET)) {
                gone.forEach(version -> transaction.delete(OBJECTS, version.id()));
              }
              return Present.YES;
            })
        .thenAccept(done -> {});
  }

  @Override
  public List<Row> sharedPage(String after, int limit) {
    Range<String> range = after.isEmpty() ? Range.all() : Range.after(after);
    return database.read(
        transaction ->
            transaction.page(SHARED, range, limit).stream()
                .flatMap(entry -> row(transaction, entry.key()).stream())
                .toList());
  }

  @Override
  public TableStatistics statistics() {
    return database.statistics(KEYS);
  }

  @Override
  public void close() {
    database.close();
  }

  private static Optional<Row> row(ReadTransaction transaction, String name) {
    return transaction
        .get(KEYS, name)
        .map(row -> new Row(new Key(row.path().isEmpty() ? name : row.path()), row.location()));
  }

  private <R> CompletionStage<R> change(Function<IndexChanges, R> body) {
    Instant now = clock.instant();
    return database.write(transaction -> body.apply(new IndexChanges(transaction, now)));
  }

  private static Optional<Location> living(ReadTransaction transaction, Key key, Instant now) {
    return IndexChanges.find(transaction, key).filter(location -> !location.expiredAt(now));
  }
}
