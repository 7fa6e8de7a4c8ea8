package io.pulzar.records;

import java.util.Map;
import java.util.Optional;

/**
 * A write that is ready to be stored.
 *
 * @param draft what is written; empty: the record is deleted
 * @param forward whether it goes on to the servers of this installation's list
 */
record AcceptedWrite(
    RecordKey key, WriteCondition condition, Optional<Draft> draft, boolean forward) {

  /** What a writer decides about a record; see {@link StoredRecord}. */
  record Draft(String body, String digest, long expires) {}

  StoredRecord record(Version version, Map<String, Long> known) {
    return draft
        .map(
            text ->
                new StoredRecord(version, known, false, text.expires(), text.body(), text.digest()))
        .orElseGet(() -> new StoredRecord(version, known, true, 0, "", ""));
  }

  /** Whether this is what is there already: a retry after a lost answer changes nothing. */
  boolean repeats(StoredRecord there) {
    return draft
        .filter(
            text ->
                !text.digest().isEmpty()
                    && text.digest().equals(there.digest())
                    && text.expires() == 0
                    && there.expires() == 0)
        .isPresent();
  }
}
