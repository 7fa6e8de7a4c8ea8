package io.pulzar.check;

import io.pulzar.check.ConsistencyReport.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Collects what an inspection finds. */
final class ConsistencyCheckNotes {

  /** As many are named of each kind of finding; all are counted. */
  private static final int NAMED = 100;

  final Collected damaged = new Collected();
  final Collected spoiled = new Collected();
  final Collected missing = new Collected();
  final Collected lost = new Collected();
  final Collected unlisted = new Collected();
  final Collected outdated = new Collected();
  final Collected different = new Collected();
  final Collected unreadable = new Collected();
  final Set<String> unreachable = new TreeSet<>();
  long values;
  long bytes;
  long files;
  long open;

  /** Findings of one kind. */
  static final class Collected {
    private final List<String> keys = new ArrayList<>();
    private long count;

    void add(String key) {
      count++;
      if (keys.size() < NAMED) {
        keys.add(key);
      }
    }

    private Findings findings() {
      return new Findings(count, List.copyOf(keys));
    }
  }

  ConsistencyReport report(boolean fixed) {
    return new ConsistencyReport(
        fixed,
        values,
        bytes,
        damaged.findings(),
        spoiled.findings(),
        missing.findings(),
        lost.findings(),
        unlisted.findings(),
        outdated.findings(),
        different.findings(),
        unreadable.findings(),
        files,
        List.copyOf(unreachable),
        open);
  }
}
