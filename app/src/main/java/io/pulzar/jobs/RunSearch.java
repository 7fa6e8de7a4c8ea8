package io.pulzar.jobs;

import io.pulzar.jobs.JobTables.Kind;
import io.pulzar.jobs.JobTables.KindKey;
import io.pulzar.jobs.JobTables.ScriptKey;
import io.pulzar.storage.Database;
import io.pulzar.storage.Entry;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Finds runs, the newest first, a page at a time.
 *
 * <p>A page costs the same however many runs there are: the search begins behind the page before,
 * uses the index by script or by state where it can, and stops after a bounded number of records. A
 * page may therefore hold fewer than were asked for and still say where to go on.
 */
final class RunSearch {

  /** About 20 ms of work. */
  private static final int MOST_READ = 10_000;

  private static final long MOST_TEXT = 16L << 20;

  /**
   * @param next what to ask for as {@code after} to go on; empty: this was the last page
   */
  record Page(List<JobRecord> runs, OptionalLong next) {}

  private final Database database;

  RunSearch(Database database) {
    this.database = database;
  }

  Page find(RunFilter filter, int limit) {
    return database.read(
        tx -> {
          long from = startOf(tx, filter);
          Optional<String> script = filter.script().filter(path -> !path.endsWith("/"));
          if (script.isPresent()) {
            Scan scan = scan(tx, script.get(), from, new Scan(filter, limit));
            return new Page(scan.found, scan.next());
          }
          Set<Kind> kinds = kinds(filter.states());
          if (kinds.isEmpty()) {
            Scan scan = new Scan(filter, limit);
            tx.scan(JobTables.JOBS, Range.downFrom(from), (id, job) -> scan.see(job));
            return new Page(scan.found, scan.next());
          }
          return merged(
              kinds.stream().map(kind -> scan(tx, kind, from, new Scan(filter, limit))).toList(),
              limit);
        });
  }

  private static Scan scan(ReadTransaction tx, String script, long from, Scan scan) {
    tx.scanKeys(
        JobTables.BY_SCRIPT,
        Range.downFrom(ScriptKey.of(script, from)).upTo(ScriptKey.of(script, 0)),
        key -> tx.getReadable(JobTables.JOBS, key.job()).map(scan::see).orElse(true));
    return scan;
  }

  private static Scan scan(ReadTransaction tx, Kind kind, long from, Scan scan) {
    tx.scanKeys(
        JobTables.BY_KIND,
        Range.downFrom(new KindKey(kind, from)).upTo(new KindKey(kind, 0)),
        key -> tx.getReadable(JobTables.JOBS, key.job()).map(scan::see).orElse(true));
    return scan;
  }

  /** Below the place where the first scan stopped, the others know runs that it has not seen. */
  private static Page merged(List<Scan> scans, int limit) {
    long floor = scans.stream().mapToLong(scan -> scan.next().orElse(0)).max().orElse(0);
    List<JobRecord> all =
        scans.stream()
            .flatMap(scan -> scan.found.stream())
            .filter(job -> job.id() >= floor)
            .sorted(Comparator.comparingLong(JobRecord::id).reversed())
            .limit(limit)
            .toList();
    long more = scans.stream().mapToLong(scan -> scan.found.size()).sum();
    if (all.size() == limit && more > limit) {
      return new Page(all, OptionalLong.of(all.getLast().id()));
    }
    return new Page(all, floor > 0 ? OptionalLong.of(floor) : OptionalLong.empty());
  }

  /** The highest id that can match: ids and times of acceptance grow together. */
  private static long startOf(ReadTransaction tx, RunFilter filter) {
    long highest = filter.before().orElse(Long.MAX_VALUE) - 1;
    if (filter.until().isEmpty()) {
      return highest;
    }
    Instant until = filter.until().get();
    long low = 0;
    long high = tx.first(JobTables.JOBS, Range.downFrom(highest)).map(Entry::key).orElse(0L);
    while (low < high) {
      long middle = low + (high - low + 1) / 2;
      boolean early =
          tx.first(JobTables.JOBS, Range.downFrom(middle))
              .map(entry -> !entry.value().created().isAfter(until))
              .orElse(true);
      if (early) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** The kinds whose index holds all of these states; none where the whole table is as good. */
  private static Set<Kind> kinds(Set<String> states) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    for (String state : states) {
      switch (state) {
        // A job that a node holds is pending to clients until its script begins.
        case "pending" -> kinds.addAll(EnumSet.of(Kind.PENDING, Kind.RUNNING));
        case "running" -> kinds.add(Kind.RUNNING);
        case "completed" -> kinds.add(Kind.COMPLETED);
        case "failed" -> kinds.add(Kind.FAILED);
        default -> kinds.add(Kind.CANCELED);
      }
    }
    return kinds;
  }

  /** Sees runs from the newest to the oldest and keeps those that match. */
  private static final class Scan {

    private final RunFilter filter;
    private final int limit;
    private final List<JobRecord> found = new ArrayList<>();
    private int read;
    private long text;
    private long last;
    private boolean stopped;

    Scan(RunFilter filter, int limit) {
      this.filter = filter;
      this.limit = limit;
    }

    /** Whether to go on. */
    boolean see(JobRecord job) {
      last = job.id();
      text += job.submission().parameters().length();
      if (filter.since().filter(since -> job.created().isBefore(since)).isPresent()) {
        return false;
      }
      if (filter.matches(job)) {
        found.add(job);
      }
      stopped = found.size() == limit || ++read == MOST_READ || text > MOST_TEXT;
      return !stopped;
    }

    OptionalLong next() {
      return stopped ? OptionalLong.of(last) : OptionalLong.empty();
    }
  }
}
