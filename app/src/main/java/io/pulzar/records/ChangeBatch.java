package io.pulzar.records;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * A part of a store's log, and how far the store is.
 *
 * @param revision of the store's last change
 * @param floor up to which revision tombstones are removed
 * @param life of the store
 * @param servers whether this installation asks others for what it has not
 * @param restart what the asker has is no beginning of this log: it starts from nothing
 */
@Serdeable
record ChangeBatch(
    List<Row> rows, long revision, long floor, String life, boolean servers, boolean restart) {

  ChangeBatch asking(boolean others) {
    return new ChangeBatch(rows, revision, floor, life, others, restart);
  }
}
