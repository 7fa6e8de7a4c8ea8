package io.pulzar.records;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Texts of other installations that a front remembers, bounded in bytes; the least recently used
 * goes first.
 */
final class RecordCache {

  private static final int SHARE = 8;
  private static final int BYTES_PER_CHAR = 2;

  private final long mostBytes;
  private final Map<String, Cached> byUid = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * @param mostBytes of all; one text may have an eighth of it
   */
  RecordCache(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /**
   * A text as a server answered it.
   *
   * @param versioned whether the server tells versions, so that it can be asked for a change only
   * @param stored when it came
   * @param heard when the server last said that it is still so
   */
  record Cached(Row row, PeerServer server, boolean versioned, Instant stored, Instant heard) {

    Cached heardAt(Instant now) {
      return new Cached(row, server, versioned, stored, now);
    }

    Duration age(Instant now) {
      return Duration.between(stored, now);
    }

    private long bytes() {
      return (long) BYTES_PER_CHAR * (row.name().length() + row.record().body().length());
    }
  }

  synchronized Optional<Cached> get(String uid) {
    return Optional.ofNullable(byUid.get(uid));
  }

  synchronized void put(String uid, Cached cached) {
    remove(uid);
    if (cached.bytes() > mostBytes / SHARE) {
      return;
    }
    byUid.put(uid, cached);
    bytes += cached.bytes();
    Iterator<Cached> eldest = byUid.values().iterator();
    while (bytes > mostBytes) {
      bytes -= eldest.next().bytes();
      eldest.remove();
    }
  }

  synchronized void remove(String uid) {
    Cached gone = byUid.remove(uid);
    if (gone != null) {
      bytes -= gone.bytes();
    }
  }

  /** Whether anything of a server is remembered. */
  synchronized boolean holds(PeerServer server) {
    return byUid.values().stream().anyMatch(cached -> cached.server().equals(server));
  }
}
