package io.pulzar.alarms;

import static io.pulzar.alarms.AlarmTables.PAUSES;
import static io.pulzar.alarms.AlarmTables.SUCCESSES;

import io.pulzar.alarms.AlarmTables.Pause;
import io.pulzar.alarms.OpenAlarms.Happened;
import io.pulzar.schedules.ScheduleFacts;
import io.pulzar.schedules.ScheduleFacts.Alive;
import io.pulzar.storage.Database;
import io.pulzar.storage.Entry;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.storage.Table;
import io.pulzar.storage.WriteTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds schedules that have not succeeded for longer than a rule allows, counted from their last
 * success, from when they were made, or from when they were resumed. One that is paused, or over,
 * is not late.
 */
final class LateAlarms {

  private final Database database;
  private final DeliveryStore deliveries;
  private final Duration usually;

  /**
   * @param usually after how long somebody is told again, where no rule says it
   */
  LateAlarms(Database database, DeliveryStore deliveries, Duration usually) {
    this.database = database;
    this.deliveries = deliveries;
    this.usually = usually;
  }

  /** A schedule that is late for a receiver. */
  private record Late(Alive schedule, Instant since, AlarmRule rule) {}

  /** What was seen, to be acted on in one transaction. */
  private record Look(
      Map<Long, Alive> alive,
      Map<OpenAlarm.Key, Late> late,
      Map<Long, Pause> pauses,
      List<AlarmRule> rules,
      boolean open,
      boolean forgets) {

    boolean leavesAllAsItIs() {
      return late.isEmpty() && pauses.isEmpty() && !open && !forgets;
    }
  }

  /**
   * Looks at all schedules.
   *
   * @return notices that were given up at once
   */
  int check(Instant now) {
    Look look = database.read(tx -> look(tx, now));
    return look.leavesAllAsItIs() ? 0 : database.writeAndWait(tx -> act(tx, look, now));
  }

  private Look look(ReadTransaction tx, Instant now) {
    List<AlarmRule> rules =
        AlarmStore.rules(tx).stream().filter(rule -> rule.late().isPresent()).toList();
    boolean open = !OpenAlarms.all(tx, AlarmEvent.LATE).isEmpty();
    long count = ScheduleFacts.count(tx);
    boolean forgets = tx.entries(SUCCESSES) > count || tx.entries(PAUSES) > count;
    if (rules.isEmpty() && !open && !forgets) {
      return new Look(Map.of(), Map.of(), Map.of(), rules, false, false);
    }
    Map<Long, Alive> alive =
        ScheduleFacts.alive(tx).stream().collect(Collectors.toMap(Alive::id, Function.identity()));
    Map<OpenAlarm.Key, Late> late = new HashMap<>();
    Map<Long, Pause> pauses = new HashMap<>();
    for (Alive schedule : alive.values()) {
      List<AlarmRule> mine =
          rules.stream().filter(rule -> rule.scripts().covers(schedule.script())).toList();
      if (!mine.isEmpty()) {
        Optional<Pause> pause = tx.get(PAUSES, schedule.id());
        pauseNow(schedule, pause, now).ifPresent(changed -> pauses.put(schedule.id(), changed));
        if (!schedule.paused()) {
          Instant since = since(tx, schedule, pause, now);
          mine.stream()
              .filter(rule -> since.plus(rule.late().orElseThrow()).isBefore(now))
              .forEach(rule -> add(late, new Late(schedule, since, rule)));
        }
      }
    }
    return new Look(alive, late, pauses, rules, open, forgets);
  }

  /** What is to be stored of its pauses; empty: that is stored already. */
  private static Optional<Pause> pauseNow(Alive schedule, Optional<Pause> known, Instant now) {
    boolean before = known.map(Pause::paused).orElse(false);
    return schedule.paused() == before
        ? Optional.empty()
        : Optional.of(new Pause(schedule.paused(), now));
  }

  private static Instant since(
      ReadTransaction tx, Alive schedule, Optional<Pause> pause, Instant now) {
    Instant success =
        tx.get(SUCCESSES, schedule.id())
            .or(() -> ScheduleFacts.lastSuccess(tx, schedule.id()))
            .orElse(schedule.created());
    Instant resumed = pause.map(known -> known.paused() ? now : known.at()).orElse(success);
    return resumed.isAfter(success) ? resumed : success;
  }

  /** Of several rules that tell the same receiver, the one that allows least counts. */
  private static void add(Map<OpenAlarm.Key, Late> late, Late found) {
    String subject = Long.toString(found.schedule().id());
    for (String receiver : found.rule().receivers()) {
      late.merge(
          new OpenAlarm.Key(AlarmEvent.LATE, subject, receiver),
          found,
          (one, other) ->
              one.rule().late().orElseThrow().compareTo(other.rule().late().orElseThrow()) <= 0
                  ? one
                  : other);
    }
  }

  private int act(WriteTransaction tx, Look look, Instant now) {
    OpenAlarms open = new OpenAlarms(tx, deliveries, now);
    look.pauses().forEach((schedule, pause) -> tx.put(PAUSES, schedule, pause));
    look.late()
        .forEach(
            (key, late) ->
                open.raise(
                    new Happened(key, late.since(), 1, false, late.rule().every().orElse(usually)),
                    alarm -> notice(AlarmEvent.LATE, late.schedule(), now, alarm, late.rule())));
    for (Entry<OpenAlarm.Key, OpenAlarm> alarm : OpenAlarms.all(tx, AlarmEvent.LATE)) {
      if (!look.late().containsKey(alarm.key())) {
        close(open, look, alarm, now);
      }
    }
    if (look.forgets()) {
      forget(tx, SUCCESSES, look);
      forget(tx, PAUSES, look);
    }
    return open.refused();
  }

  /** Only a success is a recovery: a schedule that was paused or canceled is nobody's surprise. */
  private static void close(
      OpenAlarms open, Look look, Entry<OpenAlarm.Key, OpenAlarm> alarm, Instant now) {
    Alive schedule = look.alive().get(Long.parseLong(alarm.key().subject()));
    Optional<AlarmRule> rule =
        Optional.ofNullable(schedule)
            .filter(known -> !known.paused())
            .flatMap(
                known ->
                    look.rules().stream()
                        .filter(AlarmRule::recovery)
                        .filter(one -> one.scripts().covers(known.script()))
                        .filter(one -> one.receivers().contains(alarm.key().receiver()))
                        .findFirst());
    if (schedule != null && rule.isPresent()) {
      open.recover(
          alarm.key(), known -> notice(AlarmEvent.RECOVERY, schedule, now, known, rule.get()));
    } else {
      open.drop(alarm.key());
    }
  }

  private static Notice notice(
      AlarmEvent event, Alive schedule, Instant now, OpenAlarm alarm, AlarmRule rule) {
    return Notice.of(
        event,
        AlarmEvent.LATE,
        schedule.script(),
        Optional.empty(),
        Optional.of(schedule.id()),
        now,
        alarm,
        rule.name());
  }

  /** Nothing is kept of schedules that are over or gone. */
  private static void forget(WriteTransaction tx, Table<Long, ?> table, Look look) {
    List<Long> gone = new ArrayList<>();
    tx.scanKeys(
        table, Range.all(), schedule -> look.alive().containsKey(schedule) || gone.add(schedule));
    gone.forEach(schedule -> tx.delete(table, schedule));
  }
}
