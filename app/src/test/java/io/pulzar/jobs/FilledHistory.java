package io.pulzar.jobs;

import io.pulzar.jobs.JobState.End;
import io.pulzar.jobs.JobState.Ended;
import io.pulzar.jobs.JobTables.EndKey;
import io.pulzar.jobs.JobTables.Kind;
import io.pulzar.jobs.JobTables.KindKey;
import io.pulzar.jobs.JobTables.ScriptKey;
import io.pulzar.storage.Database;
import io.pulzar.storage.StorageEngine;
import io.pulzar.storage.ValueForm.Present;
import io.pulzar.storage.WriteTransaction;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A master's history of many runs, written without running any: for what must work with a million.
 */
public final class FilledHistory {

  private static final int AT_A_TIME = 10_000;
  private static final int SCRIPTS = 200;

  private FilledHistory() {}

  /**
   * Fills the store of a master that does not run.
   *
   * @param home of the server
   * @param count how many runs, one each second, the last of them at {@code until}
   */
  public static void fill(Path home, int count, Instant until) {
    Path store = home.resolve("master").resolve("jobs");
    try (Database database = StorageEngine.local().open(store, JobTables.ALL)) {
      for (int from = 1; from <= count; from += AT_A_TIME) {
        int first = from;
        database.writeAndWait(
            tx -> {
              for (int id = first; id < first + AT_A_TIME && id <= count; id++) {
                put(tx, ended(id, until.minusSeconds(count - id)));
              }
              tx.put(JobTables.COUNTERS, JobTables.LAST_ID, (long) count);
              return first;
            });
      }
    }
  }

  /** How many runs are left in the store of a master that does not run. */
  static long count(Path home) {
    Path store = home.resolve("master").resolve("jobs");
    try (Database database = StorageEngine.local().open(store, JobTables.ALL)) {
      return database.read(tx -> tx.entries(JobTables.JOBS));
    }
  }

  /** Every tenth failed, every hundredth was canceled; one script in {@link #SCRIPTS} turns. */
  private static JobRecord ended(int id, Instant created) {
    End end = id % 100 == 0 ? End.CANCELED : id % 10 == 0 ? End.FAILED : End.COMPLETED;
    int script = id % SCRIPTS;
    Submission submission =
        new Submission(
            "team%d/script_%d".formatted(script % 10, script),
            "{\"number\": %d, \"customer\": \"c%d\"}".formatted(id % 1000, id % 77),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Instant started = created.plusMillis(20);
    return new JobRecord(
        id,
        submission,
        created,
        new Attempts(1, 0, 0, 1),
        new Ended(
            end,
            Optional.of("node-" + id % 3),
            Optional.of(started),
            started.plus(Duration.ofMillis(5 + (id * 7919L) % 4000)),
            end == End.FAILED ? Optional.of("KeyError: 'invoice'") : Optional.empty(),
            Optional.of(new RunUsage(20, 200, 150, 96L << 20))));
  }

  private static void put(WriteTransaction tx, JobRecord job) {
    tx.put(JobTables.JOBS, job.id(), job);
    tx.put(JobTables.BY_KIND, new KindKey(Kind.of(job.state()), job.id()), Present.YES);
    tx.put(JobTables.BY_SCRIPT, ScriptKey.of(job.submission().path(), job.id()), Present.YES);
    tx.put(JobTables.BY_END, new EndKey(((Ended) job.state()).at(), job.id()), Present.YES);
  }
}
