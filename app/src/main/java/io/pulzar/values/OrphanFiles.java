package io.pulzar.values;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes files that no version refers to: a crash came between a file's publication and its row's
 * commit, or between a row's removal and the file's. Files of versions that were begun after the
 * start are left alone, since their rows may be on their way.
 */
final class OrphanFiles {

  private static final Logger LOG = LoggerFactory.getLogger(OrphanFiles.class);

  private OrphanFiles() {}

  /**
   * One sweep.
   *
   * @return how many files were removed
   */
  static int remove(ValueStore store, long firstIdOfThisStart) throws IOException {
    Set<Long> orphans = find(store, firstIdOfThisStart);
    for (long id : orphans) {
      store.files().delete(id);
    }
    if (!orphans.isEmpty()) {
      LOG.info("removed {} files that no value refers to", orphans.size());
    }
    return orphans.size();
  }

  /** The files that no version refers to. */
  static Set<Long> find(ValueStore store, long firstIdOfThisStart) throws IOException {
    Set<Long> orphans = new HashSet<>();
    store
        .files()
        .forEach(
            id -> {
              if (id < firstIdOfThisStart) {
                orphans.add(id);
              }
            });
    if (!orphans.isEmpty()) {
      store.forEachId(orphans::remove);
      // In this order: what was removed since the files were listed left first its row, then this.
      orphans.removeIf(id -> store.isLeaving(id) || !store.files().exists(id));
    }
    return orphans;
  }
}
