package io.pulzar.values;

import io.pulzar.storage.FieldReader;
import io.pulzar.storage.FieldWriter;
import io.pulzar.storage.KeyForm;
import io.pulzar.storage.Table;
import io.pulzar.storage.ValueForm;
import io.pulzar.values.StoredValue.Content;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The tables of a node's values and their form on disk. */
final class ValueTables {

  /** Every version, by the stored name of its key and its id. */
  static final Table<VersionName, StoredValue> VALUES =
      new Table<>(
              "values",
              KeyForm.of(
                  (version, out) -> out.text(version.name()).number(version.id()),
                  in -> new VersionName(in.text(), in.number())),
              ValueForm.fields(ValueTables::write, ValueTables::read))
          .withChecksums();

  /** The versions of which it is not certain that the master has recorded them; and their keys. */
  static final Table<Long, String> UNCONFIRMED =
      new Table<>("unconfirmed", KeyForm.number(), ValueForm.text());

  /** Numbers that survive restarts. */
  static final Table<String, Long> NUMBERS =
      new Table<>("numbers", KeyForm.text(), ValueForm.number());

  static final List<Table<?, ?>> ALL = List.of(VALUES, UNCONFIRMED, NUMBERS);

  private static final long NEVER = -1;
  private static final boolean INLINE = true;

  private ValueTables() {}

  /**
   * @param name the stored name of the key; see {@link io.pulzar.keys.StoredName}
   */
  record VersionName(String name, long id) {}

  private static void write(StoredValue value, FieldWriter out) {
    out.text(value.key())
        .number(value.id())
        .number(value.size())
        .number(value.checksum())
        .number(value.written().toEpochMilli())
        .number(value.expires().map(Instant::toEpochMilli).orElse(NEVER));
    switch (value.content()) {
      case Content.Inline inline -> out.flag(INLINE).bytes(inline.bytes());
      case Content.InFile file -> out.flag(!INLINE).bytes(packed(file.blocks()));
    }
    if (value.shared().isShared()) {
      out.number(value.shared().version()).number(value.shared().asked());
    }
  }

  private static StoredValue read(FieldReader in) {
    return new StoredValue(
        in.text(),
        in.number(),
        in.number(),
        (int) in.number(),
        Instant.ofEpochMilli(in.number()),
        expiry(in.number()),
        in.flag() == INLINE
            ? new Content.Inline(in.bytes())
            : new Content.InFile(unpacked(in.bytes())),
        in.hasMore() ? new ReplicationState(in.number(), (int) in.number()) : ReplicationState.NOT);
  }

  private static Optional<Instant> expiry(long millis) {
    return millis == NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  static byte[] packed(int[] checksums) {
    ByteBuffer bytes = ByteBuffer.allocate(checksums.length * Integer.BYTES);
    bytes.asIntBuffer().put(checksums);
    return bytes.array();
  }

  static int[] unpacked(byte[] bytes) {
    int[] checksums = new int[bytes.length / Integer.BYTES];
    ByteBuffer.wrap(bytes).asIntBuffer().get(checksums);
    return checksums;
  }
}
