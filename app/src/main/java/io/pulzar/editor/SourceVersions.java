package io.pulzar.editor;

import io.pulzar.storage.Database;
import io.pulzar.storage.Entry;
import io.pulzar.storage.KeyForm;
import io.pulzar.storage.KeyReader;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.storage.Table;
import io.pulzar.storage.ValueForm;
import io.pulzar.storage.WriteTransaction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What files were before, each with its last so many versions. */
final class SourceVersions {

  /** Files by a digest of their name, which may be longer than a key. */
  private record Place(String file, long number) {}

  private static final Table<Place, SourceVersion> TABLE =
      new Table<>(
          "source versions",
          KeyForm.of(
              (place, out) -> out.text(place.file()).number(place.number()),
              (KeyReader in) -> new Place(in.text(), in.number())),
          ValueForm.fields((version, out) -> version.write(out), SourceVersion::read));

  static final List<Table<?, ?>> TABLES = List.of(TABLE);

  private final Database database;
  private final int kept;

  SourceVersions(Database database, int kept) {
    this.database = database;
    this.kept = kept;
  }

  /** The newest first; each text is let go of before the next one is read. */
  List<SourceVersion.Summary> of(SourceFile file) {
    List<SourceVersion.Summary> found = new ArrayList<>();
    database.read(
        state -> {
          state.scan(
              TABLE,
              newestFirst(key(file)),
              (place, version) -> found.add(version.summary()) && found.size() < kept);
          return found.size();
        });
    return found;
  }

  Optional<SourceVersion> find(SourceFile file, long number) {
    return database.read(state -> state.get(TABLE, new Place(key(file), number)));
  }

  /**
   * Adds what a file is from now on, and before it what it was, unless that is known.
   *
   * @param before what was on the disk; empty: nothing
   */
  SourceVersion add(
      SourceFile file,
      Optional<String> before,
      String text,
      boolean deleted,
      String who,
      Instant now) {
    String key = key(file);
    return database.writeAndWait(
        change -> {
          Optional<SourceVersion> last = last(change, key);
          if (before.isPresent() && last.filter(known -> isStill(known, before.get())).isEmpty()) {
            last = Optional.of(put(change, key, last, before.get(), false, "", now));
          }
          SourceVersion added = put(change, key, last, text, deleted, who, now);
          forgetOldest(change, key);
          return added;
        });
  }

  private static boolean isStill(SourceVersion known, String text) {
    return !known.deleted() && known.text().equals(text);
  }

  private static SourceVersion put(
      WriteTransaction change,
      String key,
      Optional<SourceVersion> last,
      String text,
      boolean deleted,
      String who,
      Instant now) {
    long number = last.map(SourceVersion::number).orElse(0L) + 1;
    SourceVersion version = new SourceVersion(number, now, who, deleted, text);
    change.put(TABLE, new Place(key, number), version);
    return version;
  }

  private static Optional<SourceVersion> last(ReadTransaction state, String key) {
    return state.first(TABLE, newestFirst(key)).map(Entry::value);
  }

  private void forgetOldest(WriteTransaction change, String key) {
    int[] seen = {0};
    List<Place> old = new ArrayList<>();
    change.scanKeys(
        TABLE,
        newestFirst(key),
        place -> {
          if (++seen[0] > kept) {
            old.add(place);
          }
          return true;
        });
    old.forEach(place -> change.delete(TABLE, place));
  }

  private static Range<Place> newestFirst(String key) {
    return Range.downFrom(new Place(key, Long.MAX_VALUE)).upTo(new Place(key, 0));
  }

  private static String key(SourceFile file) {
    return SourceVersion.sha256(file.toString().getBytes(StandardCharsets.UTF_8));
  }
}
