package io.pulzar.records;

import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/**
 * What became of a write.
 *
 * @param row what is there now; null when nothing is
 */
@Serdeable
record WriteAnswer(Outcome outcome, @Nullable Row row) {

  /** How a write ended. */
  enum Outcome {
    STORED,
    DELETED,
    /** It was the very text that is there. */
    UNCHANGED,
    EXISTS,
    MISSING,
    /** Another version is there than the one to be replaced. */
    MISMATCH
  }
}
