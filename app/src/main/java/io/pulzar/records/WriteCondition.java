package io.pulzar.records;

import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.records.WriteAnswer.Outcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What must be there for a write to take place; checked in the write's own transaction.
 *
 * @param presence of a record of that name
 * @param version the only one that may be replaced, as its text; null: any
 */
@Serdeable
record WriteCondition(Presence presence, @Nullable String version) {

  /** Whether a record must be there. */
  enum Presence {
    ANY,
    ABSENT,
    PRESENT
  }

  static final WriteCondition ANY = new WriteCondition(Presence.ANY, null);
  static final WriteCondition ABSENT = new WriteCondition(Presence.ABSENT, null);
  static final WriteCondition PRESENT = new WriteCondition(Presence.PRESENT, null);

  WriteCondition matching(String only) {
    return new WriteCondition(presence, only);
  }

  /** Why the write can't take place; empty when it can. */
  Optional<Outcome> check(Optional<Row> live) {
    if (presence == Presence.ABSENT && live.isPresent()) {
      return Optional.of(Outcome.EXISTS);
    }
    if (version != null
        && live.filter(row -> row.record().version().toString().equals(version)).isEmpty()) {
      return Optional.of(
          live.isEmpty() && presence == Presence.PRESENT ? Outcome.MISSING : Outcome.MISMATCH);
    }
    return presence == Presence.PRESENT && live.isEmpty()
        ? Optional.of(Outcome.MISSING)
        : Optional.empty();
  }
}
