package io.pulzar.polyglot.pool;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What workers have said on their standard error, so that all of them say it in the log once. */
final class SeenErrors {

  private static final int REMEMBERED = 200;

  private final Set<String> known = ConcurrentHashMap.newKeySet();

  boolean isNew(String line) {
    return known.size() < REMEMBERED ? known.add(line) : !known.contains(line);
  }
}
