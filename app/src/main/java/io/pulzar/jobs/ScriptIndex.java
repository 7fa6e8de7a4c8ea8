package io.pulzar.jobs;

import static io.pulzar.jobs.JobTables.BY_SCRIPT;
import static io.pulzar.jobs.JobTables.JOBS;

import io.pulzar.jobs.JobTables.ScriptKey;
import io.pulzar.storage.Database;
import io.pulzar.storage.Entry;
import io.pulzar.storage.Range;
import io.pulzar.storage.ValueForm.Present;
import java.util.List;

/** Brings the index by script to a store that an older version, or a backup of one, left. */
final class ScriptIndex {

  private static final int AT_A_TIME = 5_000;

  private ScriptIndex() {}

  /** Indexes every job when some are not; in steps, so that a long history does not fill one. */
  static void complete(Database database) {
    if (database.read(tx -> tx.entries(BY_SCRIPT) >= tx.entries(JOBS))) {
      return;
    }
    long last = 0;
    List<Entry<Long, JobRecord>> page;
    do {
      long after = last;
      page = database.read(tx -> tx.page(JOBS, Range.after(after), AT_A_TIME));
      List<Entry<Long, JobRecord>> jobs = page;
      database.writeAndWait(
          tx -> {
            for (Entry<Long, JobRecord> job : jobs) {
              String path = job.value().submission().path();
              tx.put(BY_SCRIPT, ScriptKey.of(path, job.key()), Present.YES);
            }
            return jobs.size();
          });
      last = page.isEmpty() ? last : page.getLast().key();
    } while (page.size() == AT_A_TIME);
  }
}
