package io.pulzar.records;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Which write a record is: of two, the greater one counts, everywhere.
 *
 * @param clock hybrid logical clock: 48 bits of milliseconds since 1970, 16 bits that count writes
 *     within one
 * @param origin the installation that accepted the write
 */
@Serdeable
record Version(long clock, String origin) implements Comparable<Version> {

  static final int COUNTER_BITS = 16;

  private static final Comparator<Version> ORDER =
      Comparator.comparingLong(Version::clock).thenComparing(Version::origin);

  /** The first clock value of a millisecond. */
  static long clockAt(Instant moment) {
    return moment.toEpochMilli() << COUNTER_BITS;
  }

  /** Reads what {@link #toString} writes; empty when it is none. */
  static Optional<Version> parse(String text) {
    int dash = text.indexOf('-');
    try {
      return dash < 1
          ? Optional.empty()
          : Optional.of(
              new Version(
                  Long.parseUnsignedLong(text.substring(0, dash), 16), text.substring(dash + 1)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  Instant moment() {
    return Instant.ofEpochMilli(clock >> COUNTER_BITS);
  }

  @Override
  public int compareTo(Version other) {
    return ORDER.compare(this, other);
  }

  /** As it stands in an {@code ETag}, without the quotes. */
  @Override
  public String toString() {
    return Long.toHexString(clock) + "-" + origin;
  }
}
