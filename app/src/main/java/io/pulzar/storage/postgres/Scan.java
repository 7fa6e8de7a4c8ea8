package io.pulzar.storage.postgres;

import io.pulzar.storage.Range;
import io.pulzar.storage.Table;
import io.pulzar.storage.engine.RecordForms;
import java.util.Optional;

/** A {@link Range} in bytes. */
record Scan(Optional<Edge> start, Optional<Edge> end, boolean backward) {

  static final Scan ALL = new Scan(Optional.empty(), Optional.empty(), false);

  /** One end of it. */
  record Edge(Bytes key, boolean included) {}

  static <K> Scan of(Table<K, ?> table, Range<K> range) {
    return new Scan(
        range.start().map(bound -> edge(table, bound)),
        range.end().map(bound -> edge(table, bound)),
        range.backward());
  }

  private static <K> Edge edge(Table<K, ?> table, Range.Bound<K> bound) {
    return new Edge(new Bytes(RecordForms.key(table, bound.key())), bound.included());
  }

  /** What is left of it behind a key. */
  Scan behind(byte[] key) {
    return new Scan(Optional.of(new Edge(new Bytes(key), false)), end, backward);
  }

  /** Its end with the lower keys. */
  Optional<Edge> low() {
    return backward ? end : start;
  }

  /** Its end with the higher keys. */
  Optional<Edge> high() {
    return backward ? start : end;
  }
}
