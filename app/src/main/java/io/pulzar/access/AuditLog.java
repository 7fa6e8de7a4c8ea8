package io.pulzar.access;

import static io.pulzar.access.AccessTables.AUDIT;

import io.pulzar.storage.Database;
import io.pulzar.storage.Entry;
import io.pulzar.storage.Range;
import io.pulzar.storage.WriteTransaction;
import io.pulzar.upkeep.Loops;
import io.pulzar.upkeep.Rounds;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who did what, in the order in which it was answered; only added to, and cut off at its old end.
 *
 * <p>Entries are written a few times a second, not within the request: an audit log that doubles
 * the wait for the disk would be switched off. A crash can lose those of the last moment.
 */
final class AuditLog implements AutoCloseable {

  private static final Duration WRITTEN_EVERY = Duration.ofMillis(250);

  /** What waits to be written; a request that finds it full writes it out itself. */
  private static final int WAITING = 10_000;

  private static final int REMOVED_AT_ONCE = 1_000;
  private static final int READ_AT_ONCE = 1_000;

  /** For one answer. */
  private static final int LOOKED_AT = 50_000;

  private final LinkedBlockingQueue<AuditEntry> waiting = new LinkedBlockingQueue<>(WAITING);

  /** Held until entries are written, so that who reads next sees them. */
  private final Lock writing = new ReentrantLock();

  private final Database database;
  private final Duration kept;
  private final Clock clock;
  private final Rounds rounds;

  AuditLog(Database database, Duration kept, Clock clock, Loops loops) {
    this.database = database;
    this.kept = kept;
    this.clock = clock;
    this.rounds = Rounds.start(loops, "audit-log", WRITTEN_EVERY, progress -> write());
  }

  /** An entry and its number, by which the next page is asked for. */
  record Numbered(long number, AuditEntry entry) {}

  void add(AuditEntry entry) {
    while (!waiting.offer(entry)) {
      write();
    }
  }

  /**
   * Entries that fit, the newest first.
   *
   * @param next what to go on below; empty: there are no more
   */
  record Found(List<Numbered> entries, Optional<Long> next) {}

  /** Looks at a bounded number of entries below {@code before}. */
  Found find(AuditQuestion question, long before, int limit) {
    write();
    List<Numbered> found = new ArrayList<>();
    long last = before;
    for (int looked = 0; looked < LOOKED_AT; looked += READ_AT_ONCE) {
      List<Entry<Long, AuditEntry>> rows = rows(last);
      for (Entry<Long, AuditEntry> row : rows) {
        if (question.isBefore(row.value())) {
          return new Found(found, Optional.empty());
        }
        last = row.key();
        if (question.fits(row.value())) {
          found.add(new Numbered(row.key(), row.value()));
        }
        if (found.size() == limit) {
          return new Found(found, Optional.of(last));
        }
      }
      if (rows.size() < READ_AT_ONCE) {
        return new Found(found, Optional.empty());
      }
    }
    return new Found(found, Optional.of(last));
  }

  private List<Entry<Long, AuditEntry>> rows(long before) {
    return database.read(state -> state.page(AUDIT, Range.before(before), READ_AT_ONCE));
  }

  private void write() {
    writing.lock();
    try {
      List<AuditEntry> entries = List.copyOf(waiting);
      if (!entries.isEmpty()) {
        database.writeAndWait(change -> append(change, entries));
        entries.forEach(_ -> waiting.remove());
      }
    } finally {
      writing.unlock();
    }
  }

  private boolean append(WriteTransaction change, List<AuditEntry> entries) {
    long next = change.first(AUDIT, Range.allBackward()).map(Entry::key).orElse(0L) + 1;
    for (AuditEntry entry : entries) {
      change.put(AUDIT, next++, entry);
    }
    List<Entry<Long, AuditEntry>> oldest = change.page(AUDIT, Range.all(), REMOVED_AT_ONCE);
    oldest.stream()
        .filter(row -> row.value().time().isBefore(clock.instant().minus(kept)))
        .forEach(row -> change.delete(AUDIT, row.key()));
    return true;
  }

  @Override
  public void close() {
    rounds.close();
    write();
  }
}
