package io.pulzar.jobs;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which nodes were given jobs on a value of late, and so probably have it in their cache. It is a
 * guess that costs no message: a value may have been replaced or have left the cache, and a new
 * leader begins with nothing. Whoever goes by it is wrong at the price of fetching the value once
 * more. Not safe for threads: {@link Dispatcher} guards it.
 */
final class RecentValues {

  /** Those that were asked for longest ago are forgotten first. */
  static final int MOST_VALUES = 10_000;

  static final int MOST_NODES = 8;

  private final Map<String, Deque<String>> nodes =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<String>> eldest) {
          return size() > MOST_VALUES;
        }
      };

  /** A node gets a job on a value. */
  void given(String key, String node) {
    Deque<String> known = nodes.computeIfAbsent(key, first -> new ArrayDeque<>(1));
    boolean _ = known.remove(node);
    known.addFirst(node);
    if (known.size() > MOST_NODES) {
      known.removeLast();
    }
  }

  /** Those that got jobs on it, the last one first. */
  Collection<String> of(String key) {
    Deque<String> known = nodes.get(key);
    return known == null ? List.of() : List.copyOf(known);
  }
}
