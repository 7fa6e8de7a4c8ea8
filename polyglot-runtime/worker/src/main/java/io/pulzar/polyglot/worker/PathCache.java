package io.pulzar.polyglot.worker;

import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What is known of paths, for all contexts of the worker. Scripts name the paths, so it is bounded
 * by what it holds in bytes and not only in number, and begins anew when that is reached: what
 * scripts need in earnest is there again soon, whatever else was asked for.
 */
final class PathCache<V> {

  static final long MOST_BYTES = 8L << 20;

  /** Nothing that is imported has a longer one. */
  private static final int LONGEST_PATH = 512;

  /** The objects around the characters, about. */
  private static final int OVERHEAD_BYTES = 300;

  private final ConcurrentHashMap<Path, V> known = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();

  @Nullable V get(Path path) {
    return known.get(path);
  }

  boolean contains(Path path) {
    return known.containsKey(path);
  }

  void put(Path path, V value) {
    int length = path.toString().length();
    if (length > LONGEST_PATH) {
      return;
    }
    // The path, its text, and a value that may hold another one.
    long cost = OVERHEAD_BYTES + 4L * length;
    if (bytes.addAndGet(cost) > MOST_BYTES) {
      known.clear();
      bytes.set(cost);
    }
    known.put(path, value);
  }

  /** An upper bound, but for what several threads put at the same moment. */
  long bytes() {
    return bytes.get();
  }
}
