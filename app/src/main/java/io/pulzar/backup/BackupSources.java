package io.pulzar.backup;

import io.pulzar.storage.Database;
import io.pulzar.values.ValueSnapshot;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** What a process keeps, by role. One for both roles of a process, so that a backup is of both. */
public final class BackupSources {

  /**
   * What one role keeps.
   *
   * @param name of the folder in archives: {@code master}, {@code node}
   * @param directory where it is
   * @param files small ones that belong to it, below the directory
   * @param values of a node
   */
  record Part(
      String name,
      Path directory,
      List<Database> databases,
      List<Path> files,
      Optional<ValueSnapshot> values) {}

  private final Map<String, Part> parts = new ConcurrentSkipListMap<>();

  // Guarded by this.
  private final Set<Reading> readings = new HashSet<>();

  void add(Part part) {
    parts.put(part.name(), part);
  }

  /** Ends what reads it: the role that keeps it stops, and would have to wait. */
  synchronized void remove(Part part) {
    parts.remove(part.name(), part);
    readings.stream().filter(reading -> reading.parts.contains(part)).forEach(Reading::end);
  }

  /** How many roles have put something in. */
  int roles() {
    return parts.size();
  }

  /** Begins to read all that is there, on this thread. */
  synchronized Reading read() {
    Reading reading = new Reading(List.copyOf(parts.values()));
    readings.add(reading);
    return reading;
  }

  /** One thread that reads what is kept, until it is closed. */
  final class Reading implements AutoCloseable {

    private final Thread thread = Thread.currentThread();
    private final List<Part> parts;
    private boolean over;

    private Reading(List<Part> parts) {
      this.parts = parts;
    }

    /** The master first. */
    List<Part> parts() {
      return parts;
    }

    /**
     * To be asked now and then.
     *
     * @throws InterruptedIOException when a part is no more
     */
    void failIfOver() throws InterruptedIOException {
      synchronized (BackupSources.this) {
        if (over) {
          throw new InterruptedIOException("the server stops");
        }
      }
    }

    /** It may wait for somebody who takes what it writes. */
    private void end() {
      over = true;
      thread.interrupt();
    }

    @Override
    public void close() {
      synchronized (BackupSources.this) {
        readings.remove(this);
        if (over) {
          // The interruption was for this.
          boolean _ = Thread.interrupted();
        }
      }
    }
  }
}
