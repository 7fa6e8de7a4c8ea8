package io.pulzar.keys;

import io.pulzar.storage.FieldReader;
import io.pulzar.storage.FieldWriter;
import io.pulzar.storage.KeyForm;
import io.pulzar.storage.Table;
import io.pulzar.storage.ValueForm;
import io.pulzar.storage.ValueForm.Present;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tables of the key index and their form on disk. */
final class KeyTables {

  /** Every key, by its stored name. */
  static final Table<String, IndexRow> KEYS =
      new Table<>("keys", KeyForm.text(), ValueForm.fields(KeyTables::write, KeyTables::read))
          .withChecksums();

  /** When keys go, the earliest first. */
  static final Table<Expiry, Present> EXPIRIES =
      new Table<>(
          "expiries",
          KeyForm.of(
              (expiry, out) -> out.moment(expiry.at()).lastText(expiry.name()),
              in -> new Expiry(in.moment(), in.lastText())),
          ValueForm.present());

  /** Values without a key that their node has not dropped yet, and the key they had. */
  static final Table<Garbage, Dropped> GARBAGE =
      new Table<>(
          "garbage",
          KeyForm.of(
              (garbage, out) -> out.text(garbage.node()).number(garbage.id()),
              in -> new Garbage(in.text(), in.number())),
          ValueForm.fields(
              (dropped, out) -> out.text(dropped.key()).moment(dropped.at()),
              in -> new Dropped(in.text(), in.moment())));

  /** The names of keys whose value is shared by nodes. */
  static final Table<String, Present> SHARED =
      new Table<>("shared", KeyForm.text(), ValueForm.present());

  /** What is in the bucket, by number: values that keys stand for, and those just removed. */
  static final Table<Long, ObjectRow> OBJECTS =
      new Table<>(
              "objects",
              KeyForm.number(),
              ValueForm.fields(
                  (row, out) -> out.text(row.key()).bytes(row.blocks()),
                  in -> new ObjectRow(in.text(), in.bytes())))
          .withChecksums();

  /** What is known of the bucket itself; see {@link ObjectIndex}. */
  static final Table<String, String> BUCKET =
      new Table<>("bucket", KeyForm.text(), ValueForm.text());

  static final List<Table<?, ?>> ALL = List.of(KEYS, EXPIRIES, GARBAGE, SHARED, OBJECTS, BUCKET);

  private KeyTables() {}

  /**
   * @param path the whole key where the stored name is not; else empty
   */
  record IndexRow(String path, Location location) {

    static IndexRow of(String storedName, Key key, Location location) {
      return new IndexRow(StoredName.isWhole(storedName) ? "" : key.path(), location);
    }
  }

  /** An object in the bucket. */
  static final class ObjectRow {

    private final String key;
    private final byte[] blocks;

    ObjectRow(String key, byte[] blocks) {
      this.key = key;
      this.blocks = blocks;
    }

    /** The path of the key that it was written under. */
    String key() {
      return key;
    }

    /** Checksums of its blocks, as its node sent them; never changed. */
    byte[] blocks() {
      return blocks;
    }
  }

  record Expiry(Instant at, String name) {}

  record Garbage(String node, long id) {}

  /**
   * @param key the path of the key that the value had
   * @param at when it lost it to a newer value on the same node; else a moment long past
   */
  record Dropped(String key, Instant at) {}

  private static void write(IndexRow row, FieldWriter out) {
    Location location = row.location();
    out.text(row.path())
        .text(location.node())
        .number(location.id())
        .number(location.size())
        .number(location.checksum())
        .number(location.written().toEpochMilli())
        .number(location.expires().map(Instant::toEpochMilli).orElse(NEVER));
    if (location.sharing().isShared()) {
      write(location.sharing(), out);
    }
  }

  private static void write(ReplicaSet sharing, FieldWriter out) {
    out.number(sharing.version()).number(sharing.asked()).number(sharing.others().size());
    sharing.others().forEach(copy -> out.text(copy.node()).number(copy.id()));
  }

  private static IndexRow read(FieldReader in) {
    return new IndexRow(
        in.text(),
        new Location(
            in.text(),
            in.number(),
            in.number(),
            (int) in.number(),
            Instant.ofEpochMilli(in.number()),
            expiry(in.number()),
            in.hasMore() ? sharing(in) : ReplicaSet.NONE));
  }

  private static ReplicaSet sharing(FieldReader in) {
    long version = in.number();
    int asked = (int) in.number();
    List<Replica> others = new ArrayList<>();
    for (long left = in.number(); left > 0; left--) {
      others.add(new Replica(in.text(), in.number()));
    }
    return new ReplicaSet(version, asked, others);
  }

  private static Optional<Instant> expiry(long millis) {
    return millis == NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private static final long NEVER = -1;
}
