package io.pulzar.storage.engine;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records that could not be read since the database was opened, by name. Each is told in the
 * log once. Safe for any thread.
 */
public final class UnreadableRecords {

  private static final Logger LOG = LoggerFactory.getLogger(UnreadableRecords.class);

  /** Names that are kept; a database with more of them needs its backup anyway. */
  private static final int MOST = 10_000;

  private final Set<String> names = new TreeSet<>();

  /** Remembers one, and tells of it the first time. */
  public synchronized void met(String name, String what) {
    if (names.size() < MOST && names.add(name)) {
      LOG.error("{} can't be read and is left out: {}", name, what);
    }
  }

  public synchronized List<String> names() {
    return List.copyOf(names);
  }
}
