package io.pulzar.records;

import static io.pulzar.records.RecordTables.RECORDS;

import io.pulzar.records.RecordOperations.Page;
import io.pulzar.records.RecordOperations.PageQuestion;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lists live records by name. */
final class RecordPages {

  private RecordPages() {}

  static Page page(ReadTransaction state, PageQuestion question, Instant now) {
    List<Row> rows = new ArrayList<>();
    boolean[] more = {false};
    long[] bytes = {0};
    String after = question.after();
    RecordKey first = new RecordKey(question.kind(), question.prefix());
    Range<RecordKey> range =
        after == null || isBefore(after, question.prefix())
            ? Range.from(first)
            : Range.after(new RecordKey(question.kind(), after));
    state.scan(
        RECORDS,
        range,
        (key, row) -> {
          if (key.kind() != question.kind() || !key.name().startsWith(question.prefix())) {
            return false;
          }
          if (!row.record().isLive(now)) {
            return true;
          }
          bytes[0] += row.bytes();
          if (rows.size() == question.limit()
              || (question.values() && !rows.isEmpty() && bytes[0] > question.mostBytes())) {
            more[0] = true;
            return false;
          }
          rows.add(question.values() ? row : withoutBody(row));
          return true;
        });
    return new Page(rows, more[0], Rows.revision(state));
  }

  /** In the order of the table, which is that of the bytes. */
  private static boolean isBefore(String one, String other) {
    return Arrays.compareUnsigned(
            one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8))
        < 0;
  }

  private static Row withoutBody(Row row) {
    StoredRecord record = row.record();
    return new Row(
        row.kind(),
        row.name(),
        new StoredRecord(
            record.version(),
            record.known(),
            record.deleted(),
            record.expires(),
            Integer.toString(record.body().length()),
            ""),
        row.revision(),
        row.forward(),
        row.seen());
  }
}
