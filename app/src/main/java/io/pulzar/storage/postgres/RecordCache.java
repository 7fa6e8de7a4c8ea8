package io.pulzar.storage.postgres;

import io.pulzar.storage.postgres.Changes.Before;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a writer remembers of its tables, least recently used first out. Right for as long as nobody
 * else writes there, which each commit proves; so it is emptied when one fails. Only for the
 * writer's thread.
 */
final class RecordCache {

  /** What one entry costs beside its bytes: objects and their heads. */
  private static final int OVERHEAD = 200;

  private static final int LARGEST_VALUE = 64 << 10;

  private record Place(SqlTable table, Bytes key) {}

  /**
   * What is known of a key.
   *
   * @param value empty also when only the key was read
   */
  record Known(Before before, Optional<byte[]> value) {

    static final Known ABSENT = new Known(Before.ABSENT, Optional.empty());
    static final Known THERE = new Known(Before.THERE, Optional.empty());
    static final Known NOTHING = new Known(Before.UNKNOWN, Optional.empty());
  }

  private final long most;
  private final Map<Place, Known> known = new LinkedHashMap<>(64, 0.75f, true);
  private long bytes;

  /**
   * An empty one.
   *
   * @param most bytes that it takes
   */
  RecordCache(long most) {
    this.most = most;
  }

  Known find(SqlTable table, byte[] key) {
    return known.getOrDefault(new Place(table, new Bytes(key)), Known.NOTHING);
  }

  void hasValue(SqlTable table, byte[] key, byte[] value) {
    put(
        new Place(table, new Bytes(key)),
        value.length > LARGEST_VALUE ? Known.THERE : new Known(Before.THERE, Optional.of(value)));
  }

  /** The key is there; keeps the value when that is known. */
  void isThere(SqlTable table, byte[] key) {
    Place place = new Place(table, new Bytes(key));
    Known before = known.get(place);
    if (before == null || before.before() != Before.THERE) {
      put(place, Known.THERE);
    }
  }

  void isAbsent(SqlTable table, byte[] key) {
    put(new Place(table, new Bytes(key)), Known.ABSENT);
  }

  /** Takes over what was committed. */
  void apply(Changes changes) {
    changes
        .tables()
        .forEach(
            (table, changed) ->
                changed.forEach(
                    (key, pending) ->
                        pending
                            .value()
                            .ifPresentOrElse(
                                value -> hasValue(table, key.array(), value),
                                () -> isAbsent(table, key.array()))));
  }

  void clear() {
    known.clear();
    bytes = 0;
  }

  private void put(Place place, Known now) {
    Known replaced = known.put(place, now);
    if (replaced != null) {
      bytes -= size(place, replaced);
    }
    bytes += size(place, now);
    Iterator<Map.Entry<Place, Known>> oldest = known.entrySet().iterator();
    while (bytes > most && oldest.hasNext()) {
      Map.Entry<Place, Known> out = oldest.next();
      bytes -= size(out.getKey(), out.getValue());
      oldest.remove();
    }
  }

  private static long size(Place place, Known known) {
    return OVERHEAD
        + (long) place.key().array().length
        + known.value().map(value -> value.length).orElse(0);
  }
}
