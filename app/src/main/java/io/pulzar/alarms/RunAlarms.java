package io.pulzar.alarms;

import static io.pulzar.alarms.AlarmTables.ENDS;
import static io.pulzar.alarms.AlarmTables.RECEIVERS;

import io.pulzar.alarms.OpenAlarms.Happened;
import io.pulzar.jobs.JobFacts;
import io.pulzar.scripts.Scripts;
import io.pulzar.storage.Database;
import io.pulzar.storage.Entry;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes alarms of the ends of runs: each note is used up by the transaction that acts on it. */
final class RunAlarms {

  /** In one transaction, so that nobody waits long behind it. */
  static final int AT_A_TIME = 100;

  private static final int MOST_REMEMBERED = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(RunAlarms.class);

  private final Database database;
  private final DeliveryStore deliveries;
  private final Scripts scripts;
  private final AlarmSettings settings;
  private final Clock clock;
  private final Set<String> missed = new HashSet<>();

  RunAlarms(
      Database database,
      DeliveryStore deliveries,
      Scripts scripts,
      AlarmSettings settings,
      Clock clock) {
    this.database = database;
    this.deliveries = deliveries;
    this.scripts = scripts;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * What a step did.
   *
   * @param notes that were used up; as many as {@link #AT_A_TIME}: there may be more
   * @param refused notices that were given up at once
   */
  record Step(int notes, int refused) {}

  /** Uses up the oldest notes. Only one thread does. */
  Step step() {
    List<Entry<Long, EndNote>> notes = database.read(tx -> tx.page(ENDS, Range.all(), AT_A_TIME));
    if (notes.isEmpty()) {
      return new Step(0, 0);
    }
    Recipients recipients =
        new Recipients(database.read(AlarmStore::rules), scripts, settings.every());
    notes.forEach(note -> recipients.look(note.value().script()));
    Instant now = clock.instant();
    Set<String> known = database.read(RunAlarms::receivers);
    notes.forEach(note -> warnOfUnknown(recipients, note.value(), known));
    int refused =
        database.writeAndWait(
            tx -> {
              OpenAlarms open = new OpenAlarms(tx, deliveries, now);
              for (Entry<Long, EndNote> note : notes) {
                tx.delete(ENDS, note.key());
                if (note.value().failed()) {
                  failed(tx, open, recipients, known, note.value());
                } else {
                  recovered(open, recipients, note.value());
                }
              }
              return open.refused();
            });
    return new Step(notes.size(), refused);
  }

  private void failed(
      ReadTransaction tx, OpenAlarms open, Recipients to, Set<String> known, EndNote end) {
    String subject = AlarmTables.subject(end.script());
    for (Map.Entry<String, Duration> told : to.ofFailure(end.script()).entrySet()) {
      if (known.contains(told.getKey())) {
        open.raise(
            new Happened(
                new OpenAlarm.Key(AlarmEvent.FAILURE, subject, told.getKey()),
                end.at(),
                1,
                true,
                told.getValue()),
            alarm -> failure(end, alarm, tx));
      }
    }
  }

  private void recovered(OpenAlarms open, Recipients to, EndNote end) {
    String subject = AlarmTables.subject(end.script());
    Set<String> wanted = to.ofRecovery(end.script());
    for (Entry<OpenAlarm.Key, OpenAlarm> alarm : open.about(AlarmEvent.FAILURE, subject)) {
      if (wanted.contains(alarm.key().receiver())) {
        open.recover(alarm.key(), known -> recovery(end, known));
      } else {
        open.drop(alarm.key());
      }
    }
  }

  private Notice failure(EndNote end, OpenAlarm alarm, ReadTransaction tx) {
    Optional<JobFacts.End> run = JobFacts.end(tx, end.job(), settings.errorBytes());
    return new Notice(
        AlarmEvent.FAILURE,
        AlarmEvent.FAILURE,
        end.script(),
        Optional.of(end.job()),
        end.schedule(),
        end.at(),
        alarm.since(),
        alarm.count(),
        "",
        run.flatMap(JobFacts.End::error)
            .map(error -> error.cut() ? error.text() + "…" : error.text())
            .orElse(""),
        run.flatMap(JobFacts.End::started),
        run.flatMap(JobFacts.End::node),
        run.map(JobFacts.End::attempts).orElse(0));
  }

  private static Notice recovery(EndNote end, OpenAlarm alarm) {
    return Notice.of(
        AlarmEvent.RECOVERY,
        AlarmEvent.FAILURE,
        end.script(),
        Optional.of(end.job()),
        end.schedule(),
        end.at(),
        alarm,
        "");
  }

  private static Set<String> receivers(ReadTransaction tx) {
    List<String> names = new ArrayList<>();
    tx.scanKeys(RECEIVERS, Range.all(), names::add);
    return Set.copyOf(names);
  }

  /** Once for each script and name, for as long as so many can be remembered. */
  private void warnOfUnknown(Recipients recipients, EndNote end, Set<String> known) {
    for (String name : recipients.named(end.script())) {
      if (end.failed() && !known.contains(name)) {
        if (missed.size() >= MOST_REMEMBERED) {
          missed.clear();
        }
        if (missed.add(end.script() + "\n" + name)) {
          LOG.warn(
              "{} failed, and its docstring says to notify {}, which is no receiver: add it with"
                  + " pulzar alarms add receiver {}",
              end.script(),
              name,
              name);
        }
      }
    }
  }
}
