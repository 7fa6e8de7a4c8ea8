package io.pulzar.storage.postgres;

import io.pulzar.storage.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the bodies of one transaction changed and the server does not know yet; remembers what each
 * change replaced here, so that those since a mark can be taken back.
 */
final class Changes {

  /** What is known of a key before this transaction. */
  enum Before {
    THERE,
    ABSENT,
    UNKNOWN
  }

  /**
   * What will be under a key.
   *
   * @param value empty: nothing
   */
  record Pending(Optional<byte[]> value, Before before) {}

  /** A key that changed, and to what. */
  record Change(Bytes key, Pending pending) {}

  private record Undo(SqlTable table, Bytes key, @Nullable Pending replaced) {}

  private final Map<SqlTable, NavigableMap<Bytes, Pending>> tables = new LinkedHashMap<>();
  private final List<Undo> undo = new ArrayList<>();

  Optional<Pending> find(SqlTable table, byte[] key) {
    NavigableMap<Bytes, Pending> changed = tables.get(table);
    return changed == null ? Optional.empty() : Optional.ofNullable(changed.get(new Bytes(key)));
  }

  /**
   * Notes a change.
   *
   * @param value empty: the key goes
   * @param before used where the key has not changed yet
   */
  void set(SqlTable table, byte[] key, Optional<byte[]> value, Before before) {
    NavigableMap<Bytes, Pending> changed =
        tables.computeIfAbsent(table, unchanged -> new TreeMap<>());
    Bytes place = new Bytes(key);
    Pending replaced = changed.get(place);
    undo.add(new Undo(table, place, replaced));
    changed.put(place, new Pending(value, replaced == null ? before : replaced.before()));
  }

  int mark() {
    return undo.size();
  }

  void undoTo(int mark) {
    while (undo.size() > mark) {
      Undo last = undo.removeLast();
      NavigableMap<Bytes, Pending> changed = tables.get(last.table());
      if (changed != null) {
        if (last.replaced() == null) {
          changed.remove(last.key());
        } else {
          changed.put(last.key(), last.replaced());
        }
      }
    }
  }

  /** The changed tables and their changes by key. */
  Map<SqlTable, NavigableMap<Bytes, Pending>> tables() {
    return tables;
  }

  /** The changes in a range, in its order. */
  List<Change> in(SqlTable table, Scan scan) {
    NavigableMap<Bytes, Pending> part = tables.get(table);
    if (part == null || isEmpty(scan)) {
      return List.of();
    }
    if (scan.low().isPresent()) {
      part = part.tailMap(scan.low().get().key(), scan.low().get().included());
    }
    if (scan.high().isPresent()) {
      part = part.headMap(scan.high().get().key(), scan.high().get().included());
    }
    List<Change> changes = new ArrayList<>(part.size());
    (scan.backward() ? part.descendingMap() : part)
        .forEach((key, pending) -> changes.add(new Change(key, pending)));
    return changes;
  }

  /** A {@link Range} may end before it begins; a map's part may not. */
  private static boolean isEmpty(Scan scan) {
    return scan.low().isPresent()
        && scan.high().isPresent()
        && scan.low().get().key().compareTo(scan.high().get().key()) > 0;
  }

  /** Fills in what was asked of the server: which of the keys of unknown state are there. */
  void learn(SqlTable table, Set<Bytes> there) {
    NavigableMap<Bytes, Pending> changed = tables.get(table);
    if (changed != null) {
      changed.replaceAll(
          (key, pending) ->
              pending.before() == Before.UNKNOWN
                  ? new Pending(pending.value(), there.contains(key) ? Before.THERE : Before.ABSENT)
                  : pending);
    }
  }

  /** The keys of a table of which it is not known whether they are there. */
  List<Bytes> unknown(SqlTable table) {
    List<Bytes> unknown = new ArrayList<>();
    tables
        .getOrDefault(table, new TreeMap<>())
        .forEach(
            (key, pending) -> {
              if (pending.before() == Before.UNKNOWN) {
                unknown.add(key);
              }
            });
    return unknown;
  }

  /** By how much a table grows, where all of its keys are known; unknown ones count as absent. */
  long growth(SqlTable table) {
    return tables.getOrDefault(table, new TreeMap<>()).values().stream()
        .mapToLong(
            pending ->
                (pending.value().isPresent() ? 1 : 0) - (pending.before() == Before.THERE ? 1 : 0))
        .sum();
  }
}
