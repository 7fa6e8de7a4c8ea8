package io.pulzar.records;

import static io.pulzar.records.RecordTables.NUMBERS;
import static io.pulzar.records.RecordTables.RECORDS;

import io.pulzar.records.PeerMessages.Changes;
import io.pulzar.records.PeerMessages.Compared;
import io.pulzar.records.PeerMessages.Comparison;
import io.pulzar.records.PeerMessages.Mark;
import io.pulzar.records.PeerMessages.Wanted;
import io.pulzar.storage.Database;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.storage.WriteTransaction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * What a store remembers of other installations: how far each receiver is, and up to which clock
 * all writes of an origin have come here from itself.
 *
 * <p>The latter tells a record that never came from one that was deleted so long ago that its
 * tombstone is gone: an origin sends its writes in the order of their clocks.
 */
final class PeerStore {

  private static final String POSITION = "receiver.";
  private static final String COMPLETE = "complete.";

  private final Database database;
  private final RecordStore store;

  PeerStore(Database database, RecordStore store) {
    this.database = database;
    this.store = store;
  }

  String origin() {
    return store.origin();
  }

  long position(PeerServer server) {
    return database.read(state -> state.get(NUMBERS, POSITION + server.url()).orElse(0L));
  }

  /** Written behind the receiver's answer: what is lost of it is only sent again. */
  void setPosition(PeerServer server, long position) {
    database.writeAndWait(
        change -> {
          change.put(NUMBERS, POSITION + server.url(), position);
          return true;
        });
  }

  /** The last clock that this installation gave or saw: all of its own writes are below. */
  long ownClock() {
    return database.read(state -> state.get(NUMBERS, RecordStore.CLOCK).orElse(0L));
  }

  /** Takes what another installation sent. */
  CompletionStage<Integer> take(Changes changes) {
    return store
        .merge(changes.rows(), changes.forward())
        .thenCompose(
            news ->
                changes.until() == 0
                    ? CompletableFuture.completedStage(news)
                    : database.write(change -> complete(change, changes)).thenApply(yes -> news));
  }

  private static boolean complete(WriteTransaction change, Changes changes) {
    String name = COMPLETE + changes.origin();
    long before = change.get(NUMBERS, name).orElse(0L);
    change.put(NUMBERS, name, Math.max(before, changes.until()));
    return true;
  }

  Map<String, Long> complete() {
    return database.read(
        state -> {
          Map<String, Long> found = new HashMap<>();
          state.scan(
              NUMBERS,
              Range.from(COMPLETE),
              (name, until) -> {
                if (name.startsWith(COMPLETE)) {
                  found.put(name.substring(COMPLETE.length()), until);
                  return true;
                }
                return false;
              });
          found.put(store.origin(), state.get(NUMBERS, RecordStore.CLOCK).orElse(0L));
          return found;
        });
  }

  Map<String, Long> hashes() {
    return database.read(Replica::hashes);
  }

  /** What this store has in some ranges. */
  Comparison comparison(List<Integer> ranges) {
    Map<String, Long> complete = complete();
    List<Mark> marks =
        database.read(state -> Replica.rowsIn(state, Set.copyOf(ranges))).stream()
            .map(
                row ->
                    new Mark(
                        row.kind(),
                        row.name(),
                        row.record().version(),
                        row.record().deleted(),
                        row.forward()))
            .toList();
    return new Comparison(ranges, marks, complete);
  }

  List<Row> rows(List<Wanted> wanted) {
    return database.read(
        state ->
            wanted.stream()
                .map(Wanted::key)
                .flatMap(key -> state.get(RECORDS, key).stream())
                .toList());
  }

  /** Compares what is here with what a sender has; what it knows to be deleted goes. */
  Compared compare(Comparison comparison) {
    Map<RecordKey, Mark> marks =
        comparison.marks().stream()
            .collect(Collectors.toMap(mark -> new RecordKey(mark.kind(), mark.name()), m -> m));
    List<Wanted> wanted =
        database.read(
            state ->
                marks.entrySet().stream()
                    .filter(entry -> isWanted(state, entry.getKey(), entry.getValue()))
                    .map(entry -> new Wanted(entry.getKey().kind(), entry.getKey().name()))
                    .toList());
    List<Row> gone =
        database.read(state -> Replica.rowsIn(state, Set.copyOf(comparison.ranges()))).stream()
            .filter(row -> !row.record().deleted() && !marks.containsKey(row.key()))
            .filter(row -> isDeleted(row, comparison.complete()))
            .toList();
    bury(gone, true);
    bury(gone, false);
    return new Compared(wanted, gone.size());
  }

  /** As if the tombstone had come that is no more. */
  private void bury(List<Row> gone, boolean forward) {
    List<Row> buried =
        gone.stream()
            .filter(row -> row.forward() == forward)
            .map(
                row ->
                    new Row(row.kind(), row.name(), row.record().buried(), 0, forward, row.seen()))
            .toList();
    if (!buried.isEmpty()) {
      store.merge(buried, forward).toCompletableFuture().join();
    }
  }

  private static boolean isWanted(ReadTransaction state, RecordKey key, Mark mark) {
    if (!mark.forward()) {
      return false;
    }
    Optional<Row> here = state.get(RECORDS, key);
    if (here.isEmpty()) {
      return !mark.deleted();
    }
    StoredRecord record = here.get().record();
    int order = mark.version().compareTo(record.version());
    return order > 0 || (order == 0 && mark.deleted() && !record.deleted());
  }

  private static boolean isDeleted(Row row, Map<String, Long> complete) {
    Version version = row.record().version();
    return complete.getOrDefault(version.origin(), 0L) >= version.clock();
  }
}
