package io.pulzar.records;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One version of a record, the same wherever there is a copy of it.
 *
 * @param known for each origin the clock of its last write that the writer of this one knew; so it
 *     can be told whether two versions were written without knowledge of each other
 * @param deleted a tombstone: the record is gone since this version
 * @param expires milliseconds since 1970; 0: never
 * @param body a text's JSON as it is answered, or a shared value itself
 * @param digest of the text as it was sent, so that a repeated write is recognized; may be empty
 */
@Serdeable
record StoredRecord(
    Version version,
    Map<String, Long> known,
    boolean deleted,
    long expires,
    String body,
    String digest) {

  /** The same version, gone. Among equals it counts more than the record. */
  StoredRecord buried() {
    return new StoredRecord(version, known, true, 0, "", "");
  }

  /** Whether this version was written by somebody who knew that one, or is it. */
  boolean knew(Version other) {
    return known.getOrDefault(other.origin(), Long.MIN_VALUE) >= other.clock();
  }

  boolean wins(StoredRecord other) {
    int order = version.compareTo(other.version);
    return order > 0 || (order == 0 && deleted && !other.deleted);
  }

  boolean isLive(Instant now) {
    return !deleted && (expires == 0 || now.toEpochMilli() < expires);
  }

  Optional<Instant> expiry() {
    return expires == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expires));
  }

  /** What replicas compare. */
  String mark() {
    return version + (deleted ? "-" : "+");
  }

  static Map<String, Long> union(Map<String, Long> one, Map<String, Long> other) {
    Map<String, Long> both = new TreeMap<>(one);
    other.forEach((origin, clock) -> both.merge(origin, clock, Math::max));
    return both;
  }
}
