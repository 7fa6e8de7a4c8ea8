package io.pulzar.keys;

import static io.pulzar.keys.KeyTables.EXPIRIES;
import static io.pulzar.keys.KeyTables.GARBAGE;
import static io.pulzar.keys.KeyTables.KEYS;
import static io.pulzar.keys.KeyTables.OBJECTS;
import static io.pulzar.keys.KeyTables.SHARED;

import io.pulzar.keys.KeyIndex.Row;
import io.pulzar.keys.KeyTables.Dropped;
import io.pulzar.keys.KeyTables.Expiry;
import io.pulzar.keys.KeyTables.Garbage;
import io.pulzar.keys.KeyTables.IndexRow;
import io.pulzar.keys.KeyTables.ObjectRow;
import io.pulzar.storage.Entry;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.storage.ValueForm.Present;
import io.pulzar.storage.WriteTransaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Changes of the index inside one transaction: keeps its tables in step, so that each key that goes
 * leaves a note for every node with a copy.
 */
final class IndexChanges {

  private static final Instant AT_ONCE = Instant.EPOCH;

  private final WriteTransaction tx;
  private final Instant now;

  IndexChanges(WriteTransaction tx, Instant now) {
    this.tx = tx;
    this.now = now;
  }

  static Optional<Location> find(ReadTransaction tx, Key key) {
    return tx.get(KEYS, StoredName.of(key)).map(IndexRow::location);
  }

  /** What the key stands for, also when its time has come. */
  Optional<Location> find(Key key) {
    return find(tx, key);
  }

  /** The same, empty too when the record can't be read. */
  private Optional<Location> findReadable(Key key) {
    return tx.getReadable(KEYS, StoredName.of(key)).map(IndexRow::location);
  }

  /** What a key stands for, if that is this version of a node. */
  Optional<Location> current(String node, ValueVersion version) {
    return find(new Key(version.key())).filter(location -> location.isAt(node, version.id()));
  }

  Instant now() {
    return now;
  }

  /** Keys whose time has come, the oldest first. */
  List<Expiry> due(int limit) {
    return tx.page(EXPIRIES, Range.all(), limit).stream()
        .map(Entry::key)
        .takeWhile(next -> !next.at().isAfter(now))
        .toList();
  }

  /** Lets a key stand for a value; the one before, if any, is dropped by its nodes. */
  void put(Key key, Optional<Location> before, Location location) {
    before.ifPresent(old -> drop(key, old, Optional.of(location)));
    write(key, location);
  }

  /** Removes a key; its nodes drop the value. */
  void remove(Key key, Location location) {
    drop(key, location, Optional.empty());
    tx.delete(KEYS, StoredName.of(key));
  }

  /** Notes what is in the bucket. */
  void putObject(Key key, long id, byte[] blocks) {
    tx.put(OBJECTS, id, new ObjectRow(key.path(), blocks));
  }

  /** Whether a copy is to be removed. */
  boolean isGarbage(Replica copy) {
    return tx.contains(GARBAGE, new Garbage(copy.node(), copy.id()));
  }

  /** The same value from somewhere else; readers have a little time to leave where it was. */
  void move(Key key, Location before, Replica copy, byte[] blocks) {
    rewrite(key, before, before.movedTo(copy));
    if (copy.node().equals(Location.BUCKET)) {
      putObject(key, copy.id(), blocks);
    }
    before
        .holders()
        .forEach(
            old ->
                tx.put(GARBAGE, new Garbage(old.node(), old.id()), new Dropped(key.path(), now)));
  }

  /** The same, but the value at one node drops by itself, or is not there. */
  void removeWithout(Key key, Location location, Replica copy) {
    if (location.isInBucket()) {
      // Nobody drops anything there by himself.
      remove(key, location);
      return;
    }
    location.without(copy).ifPresent(left -> drop(key, left, Optional.empty()));
    unlink(StoredName.of(key), location);
    tx.delete(KEYS, StoredName.of(key));
  }

  /** Writes what is known about the same value, to which copies may have come or gone. */
  void rewrite(Key key, Location before, Location after) {
    unlink(StoredName.of(key), before);
    write(key, after);
  }

  /** A node is to drop a copy of a value that stays. */
  void dropCopy(Key key, Replica copy) {
    tx.put(GARBAGE, new Garbage(copy.node(), copy.id()), new Dropped(key.path(), AT_ONCE));
  }

  /** Removes a key whose time has come. */
  void expire(Expiry due) {
    tx.delete(EXPIRIES, due);
    tx.getReadable(KEYS, due.name())
        .filter(row -> row.location().expires().equals(Optional.of(due.at())))
        .ifPresent(
            row -> remove(new Key(row.path().isEmpty() ? due.name() : row.path()), row.location()));
  }

  /**
   * Takes in what a node holds.
   *
   * @return whether that changed anything
   */
  boolean adopt(Row row) {
    Location offered = row.location();
    if (tx.contains(GARBAGE, new Garbage(offered.node(), offered.id()))) {
      return false;
    }
    // What its node tells takes the place of a record that can't be read.
    Optional<Location> present = findReadable(row.key());
    if (present.isEmpty()) {
      write(row.key(), offered);
      return true;
    }
    Location before = present.get();
    if (before.isAt(offered.node(), offered.id())) {
      return correct(row.key(), before, offered);
    }
    if (before.isSameContent(offered)) {
      // What was moved into the bucket is there, whichever node has it too.
      return !before.isInBucket()
          && before.at(offered.node()).isEmpty()
          && addCopy(row.key(), before, offered);
    }
    if (!isNewer(offered, before)) {
      return false;
    }
    put(row.key(), present, offered);
    return true;
  }

  private boolean addCopy(Key key, Location before, Location offered) {
    rewrite(key, before, before.with(new Replica(offered.node(), offered.id())));
    return true;
  }

  /** Of a version that it has, a node knows best. */
  private boolean correct(Key key, Location before, Location offered) {
    Location after =
        new Location(
            before.node(),
            before.id(),
            offered.size(),
            offered.checksum(),
            offered.written(),
            offered.expires(),
            before.sharing());
    rewrite(key, before, after);
    return !after.equals(before);
  }

  /** Of two from the same millisecond on one node the later number was written later. */
  private static boolean isNewer(Location offered, Location present) {
    return offered.written().isAfter(present.written())
        || (offered.node().equals(present.node())
            && offered.written().equals(present.written())
            && offered.id() > present.id());
  }

  private void write(Key key, Location location) {
    String name = StoredName.of(key);
    tx.put(KEYS, name, IndexRow.of(name, key, location));
    location.expires().ifPresent(at -> tx.put(EXPIRIES, new Expiry(at, name), Present.YES));
    if (location.sharing().isShared() && !location.isInBucket()) {
      tx.put(SHARED, name, Present.YES);
    }
  }

  /** Notes that its nodes are to drop a value; the key's own row is the caller's to change. */
  private void drop(Key key, Location location, Optional<Location> next) {
    unlink(StoredName.of(key), location);
    for (Replica copy : location.holders()) {
      // A node that has the next version too drops the old one itself when it shows the new one.
      boolean handsOver = next.flatMap(after -> after.at(copy.node())).isPresent();
      tx.put(
          GARBAGE,
          new Garbage(copy.node(), copy.id()),
          new Dropped(key.path(), handsOver ? now : AT_ONCE));
    }
  }

  private void unlink(String name, Location location) {
    location.expires().ifPresent(at -> tx.delete(EXPIRIES, new Expiry(at, name)));
    if (location.sharing().isShared()) {
      tx.delete(SHARED, name);
    }
  }
}
