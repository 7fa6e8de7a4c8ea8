package io.pulzar.records;

import io.pulzar.storage.FieldReader;
import io.pulzar.storage.FieldWriter;
import io.pulzar.storage.KeyForm;
import io.pulzar.storage.Table;
import io.pulzar.storage.ValueForm;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is on the disk about records. */
final class RecordTables {

  /** When a record of the log expires. */
  record Due(long millis, long revision) {}

  /** A version that lost against one that did not know it. */
  record Lost(RecordKey key, long kept, StoredRecord record) {}

  /** Finds what a record lost; {@code hash} is of its key. */
  record LostOf(long hash, long number) {}

  static final KeyForm<RecordKey> KEY =
      KeyForm.of(
          (key, out) -> out.small(key.kind().number()).lastText(key.name()),
          in -> new RecordKey(Kind.numbered(in.small()), in.lastText()));

  static final Table<RecordKey, Row> RECORDS =
      new Table<>("records", KEY, ValueForm.fields(RecordTables::writeRow, RecordTables::readRow));

  /** The log: each record stands in it once, where it changed last. */
  static final Table<Long, RecordKey> LOG =
      new Table<>(
          "log",
          KeyForm.number(),
          ValueForm.fields(
              (key, out) -> out.number(key.kind().number()).text(key.name()),
              in -> new RecordKey(Kind.numbered((int) in.number()), in.text())));

  /** The log's tombstones, and when this store got them in milliseconds. */
  static final Table<Long, Long> TOMBSTONES =
      new Table<>("tombstones", KeyForm.number(), ValueForm.number());

  static final Table<Due, RecordKey> EXPIRIES =
      new Table<>(
          "expiries",
          KeyForm.of(
              (due, out) -> out.number(due.millis()).number(due.revision()),
              in -> new Due(in.number(), in.number())),
          LOG.values());

  /** For each range of keys, all marks of its records mixed. */
  static final Table<Long, Long> HASHES =
      new Table<>("hashes", KeyForm.number(), ValueForm.number());

  /** The oldest first. */
  static final Table<Long, Lost> LOST =
      new Table<>(
          "lost",
          KeyForm.number(),
          ValueForm.fields(
              (lost, out) -> {
                out.number(lost.key().kind().number()).text(lost.key().name()).number(lost.kept());
                write(lost.record(), out);
              },
              in ->
                  new Lost(
                      new RecordKey(Kind.numbered((int) in.number()), in.text()),
                      in.number(),
                      read(in))));

  static final Table<LostOf, ValueForm.Present> LOST_OF =
      new Table<>(
          "lost_of",
          KeyForm.of(
              (lost, out) -> out.number(lost.hash()).number(lost.number()),
              in -> new LostOf(in.number(), in.number())),
          ValueForm.present());

  /** Counters and positions, by name. */
  static final Table<String, Long> NUMBERS =
      new Table<>("numbers", KeyForm.text(), ValueForm.number());

  /** Names and identities, by name. */
  static final Table<String, String> WORDS = new Table<>("words", KeyForm.text(), ValueForm.text());

  /** From which revision on which life of the store wrote: the life's name, by first revision. */
  static final Table<Long, String> LIVES = new Table<>("lives", KeyForm.number(), ValueForm.text());

  static final List<Table<?, ?>> ALL =
      List.of(RECORDS, LOG, TOMBSTONES, EXPIRIES, HASHES, LOST, LOST_OF, NUMBERS, WORDS, LIVES);

  private RecordTables() {}

  private static void writeRow(Row row, FieldWriter out) {
    out.number(row.kind().number()).text(row.name()).number(row.revision()).flag(row.forward());
    writeClocks(row.seen(), out);
    write(row.record(), out);
  }

  private static Row readRow(FieldReader in) {
    Kind kind = Kind.numbered((int) in.number());
    String name = in.text();
    long revision = in.number();
    boolean forward = in.flag();
    Map<String, Long> seen = readClocks(in);
    return new Row(kind, name, read(in), revision, forward, seen);
  }

  private static void write(StoredRecord record, FieldWriter out) {
    out.number(record.version().clock()).text(record.version().origin());
    writeClocks(record.known(), out);
    out.flag(record.deleted()).number(record.expires()).text(record.body()).text(record.digest());
  }

  private static StoredRecord read(FieldReader in) {
    return new StoredRecord(
        new Version(in.number(), in.text()),
        readClocks(in),
        in.flag(),
        in.number(),
        in.text(),
        in.text());
  }

  private static void writeClocks(Map<String, Long> clocks, FieldWriter out) {
    out.number(clocks.size());
    clocks.forEach((origin, clock) -> out.text(origin).number(clock));
  }

  private static Map<String, Long> readClocks(FieldReader in) {
    Map<String, Long> clocks = new TreeMap<>();
    for (long left = in.number(); left > 0; left--) {
      String origin = in.text();
      clocks.put(origin, in.number());
    }
    return clocks;
  }
}
