package io.pulzar.storage;

import java.util.Optional;

/**
 * A part of a table and the direction to go through it. Made by naming where to begin, then
 * optionally where to end: {@code Range.after(last).upTo(high)}, {@code Range.before(last)}.
 *
 * @param start where the scan begins, seen in its direction; empty: at the table's own end
 * @param end where it stops; empty: at the table's other end
 */
public record Range<K>(Optional<Bound<K>> start, Optional<Bound<K>> end, boolean backward) {

  /**
   * One end of a range.
   *
   * @param included whether an entry with exactly this key belongs to the range
   */
  public record Bound<K>(K key, boolean included) {}

  public static <K> Range<K> all() {
    return new Range<>(Optional.empty(), Optional.empty(), false);
  }

  /** Everything, the highest key first. */
  public static <K> Range<K> allBackward() {
    return new Range<>(Optional.empty(), Optional.empty(), true);
  }

  /** Upwards from {@code key}, which belongs to it. */
  public static <K> Range<K> from(K key) {
    return new Range<>(Optional.of(new Bound<>(key, true)), Optional.empty(), false);
  }

  /** Upwards from the first key above {@code key}. */
  public static <K> Range<K> after(K key) {
    return new Range<>(Optional.of(new Bound<>(key, false)), Optional.empty(), false);
  }

  /** Downwards from {@code key}, which belongs to it. */
  public static <K> Range<K> downFrom(K key) {
    return new Range<>(Optional.of(new Bound<>(key, true)), Optional.empty(), true);
  }

  /** Downwards from the first key below {@code key}. */
  public static <K> Range<K> before(K key) {
    return new Range<>(Optional.of(new Bound<>(key, false)), Optional.empty(), true);
  }

  /** The same range, stopping after {@code key}. */
  public Range<K> upTo(K key) {
    return new Range<>(start, Optional.of(new Bound<>(key, true)), backward);
  }

  /** The same range, stopping before {@code key}. */
  public Range<K> until(K key) {
    return new Range<>(start, Optional.of(new Bound<>(key, false)), backward);
  }
}
