package io.pulzar.records;

import io.micronaut.serde.annotation.Serdeable;
import java.util.Map;

/**
 * A record as one store has it.
 *
 * @param revision the place of its last change in this store's log
 * @param forward whether it goes on to the servers of this installation's list
 * @param seen like {@code known}, with what came here and lost; the next write here knows all that
 */
@Serdeable
record Row(
    Kind kind,
    String name,
    StoredRecord record,
    long revision,
    boolean forward,
    Map<String, Long> seen) {

  RecordKey key() {
    return new RecordKey(kind, name);
  }

  Row at(long newRevision) {
    return new Row(kind, name, record, newRevision, forward, seen);
  }

  long hash() {
    return key().hash(record.mark());
  }

  /** Roughly what it takes on the way. */
  long bytes() {
    return 200L + name.length() + record.body().length();
  }
}
