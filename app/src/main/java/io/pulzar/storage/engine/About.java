package io.pulzar.storage.engine;

import io.pulzar.storage.KeyForm;
import io.pulzar.storage.StorageVersionException;
import io.pulzar.storage.Table;
import io.pulzar.storage.ValueForm;
import io.pulzar.storage.WriteTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a database says about itself, in a table of its own: the format of each table, and whether
 * it was put back from a backup.
 */
public final class About {

  public static final Table<String, Long> TABLE =
      new Table<>("pulzar_about", KeyForm.text(), ValueForm.number());

  private static final String FORMAT = "format ";
  private static final String MADE = "backup made";
  private static final String RESTORED = "backup restored";
  private static final String SEEN = "backup seen by ";

  private About() {}

  /**
   * Notes that a table has the format of this program from now on.
   *
   * @param place of the database, for people
   * @return whether its records, if there are any, must get checksums in this transaction
   * @throws StorageVersionException when it has a later one
   */
  public static boolean bringUp(String place, WriteTransaction open, Table<?, ?> table) {
    String name = FORMAT + table.name();
    Optional<Long> noted = open.get(TABLE, name);
    long format = noted.orElse((long) Table.PLAIN);
    if (format > table.format()) {
      throw new StorageVersionException(
          place
              + " was written by a newer Pulzar (table "
              + table.name()
              + " in format "
              + format
              + ", this one knows "
              + table.format()
              + "): use that version, or restore a backup that this one made");
    }
    if (!noted.equals(Optional.of((long) table.format()))) {
      open.put(TABLE, name, (long) table.format());
    }
    return format < Table.CHECKED && table.checked();
  }

  /** What to note, by name, in a database that is being put back; nothing when it only moves. */
  public static Map<String, Long> restored(Instant made, Instant now) {
    return made.equals(now)
        ? Map.of()
        : Map.of(MADE, made.toEpochMilli(), RESTORED, now.toEpochMilli());
  }

  /** See {@link WriteTransaction#afterRestore}. */
  public static Optional<Duration> afterRestore(WriteTransaction tx, String who) {
    Optional<Long> restored = tx.get(TABLE, RESTORED);
    if (restored.isEmpty() || tx.get(TABLE, SEEN + who).equals(restored)) {
      return Optional.empty();
    }
    tx.put(TABLE, SEEN + who, restored.get());
    long made = tx.get(TABLE, MADE).orElse(0L);
    return Optional.of(Duration.ofMillis(Math.max(0, restored.get() - made)));
  }
}
