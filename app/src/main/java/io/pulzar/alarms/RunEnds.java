package io.pulzar.alarms;

import static io.pulzar.alarms.AlarmTables.ENDS;
import static io.pulzar.alarms.AlarmTables.FAILING;
import static io.pulzar.alarms.AlarmTables.SUCCESSES;

import io.pulzar.jobs.EndedJob;
import io.pulzar.jobs.JobEndNotes;
import io.pulzar.roles.OnMaster;
import io.pulzar.storage.Range;
import io.pulzar.storage.WriteTransaction;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/**
 * Notes which runs failed and which were the first to complete after that. Who is to be told is
 * found out later: that needs files, which no transaction waits for.
 *
 * <p>The end of a run that completes costs one look into a table that is nearly empty; that of one
 * that fails two small records.
 */
@OnMaster
@Singleton
final class RunEnds implements JobEndNotes {

  @Override
  public void note(WriteTransaction tx, EndedJob job) {
    String subject = AlarmTables.subject(job.script());
    switch (job.word()) {
      case FAILED -> {
        tx.put(FAILING, subject, job.id());
        add(tx, job, true);
      }
      case COMPLETED -> {
        job.schedule().ifPresent(schedule -> tx.put(SUCCESSES, schedule, job.at()));
        if (tx.delete(FAILING, subject)) {
          add(tx, job, false);
        }
      }
      case CANCELED -> {
        // Somebody wanted that: it says nothing about the script.
      }
    }
  }

  private static void add(WriteTransaction tx, EndedJob job, boolean failed) {
    List<Long> last = new ArrayList<>();
    tx.scanKeys(ENDS, Range.allBackward(), key -> !last.add(key));
    long number = last.isEmpty() ? 1 : last.getFirst() + 1;
    tx.put(ENDS, number, new EndNote(failed, job.id(), job.script(), job.schedule(), job.at()));
  }
}
