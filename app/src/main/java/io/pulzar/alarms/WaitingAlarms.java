package io.pulzar.alarms;

import io.pulzar.alarms.OpenAlarms.Happened;
import io.pulzar.jobs.JobFacts;
import io.pulzar.jobs.JobFacts.Waiting;
import io.pulzar.storage.Database;
import io.pulzar.storage.Entry;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.storage.WriteTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds runs that wait for longer than a rule allows. What is told is one alarm for each rule, not
 * for each run: where the nodes are gone, all of them wait.
 */
final class WaitingAlarms {

  private final Database database;
  private final DeliveryStore deliveries;
  private final Duration usually;
  private final int lookedAt;

  /**
   * @param usually after how long somebody is told again, where no rule says it
   * @param lookedAt how many runs a look goes through
   */
  WaitingAlarms(Database database, DeliveryStore deliveries, Duration usually, int lookedAt) {
    this.database = database;
    this.deliveries = deliveries;
    this.usually = usually;
    this.lookedAt = lookedAt;
  }

  /** The runs that wait too long by a rule: how many, and the one that waits longest. */
  private record Queue(AlarmRule rule, Waiting longest, long count) {}

  private record Look(List<AlarmRule> rules, Map<String, Queue> queues, boolean open) {}

  /**
   * Looks at the runs that wait.
   *
   * @return notices that were given up at once
   */
  int check(Instant now) {
    Look look = database.read(tx -> look(tx, now));
    return look.queues().isEmpty() && !look.open()
        ? 0
        : database.writeAndWait(tx -> act(tx, look, now));
  }

  private Look look(ReadTransaction tx, Instant now) {
    List<AlarmRule> rules =
        AlarmStore.rules(tx).stream().filter(rule -> rule.waiting().isPresent()).toList();
    boolean open = !OpenAlarms.all(tx, AlarmEvent.WAITING).isEmpty();
    Map<String, Queue> queues = new HashMap<>();
    rules.stream()
        .map(rule -> rule.waiting().orElseThrow())
        .min(Comparator.naturalOrder())
        .map(least -> JobFacts.waitingSince(tx, now.minus(least), lookedAt))
        .ifPresent(
            waiting ->
                rules.forEach(
                    rule ->
                        queue(rule, waiting, now)
                            .ifPresent(queue -> queues.put(rule.name(), queue))));
    return new Look(rules, queues, open);
  }

  private static Optional<Queue> queue(AlarmRule rule, List<Waiting> waiting, Instant now) {
    Instant before = now.minus(rule.waiting().orElseThrow());
    List<Waiting> late =
        waiting.stream()
            .filter(run -> run.since().isBefore(before))
            .filter(run -> rule.scripts().covers(run.script()))
            .toList();
    return late.stream()
        .min(Comparator.comparing(Waiting::since))
        .map(longest -> new Queue(rule, longest, late.size()));
  }

  private int act(WriteTransaction tx, Look look, Instant now) {
    OpenAlarms open = new OpenAlarms(tx, deliveries, now);
    look.queues()
        .values()
        .forEach(
            queue ->
                queue.rule().receivers().forEach(receiver -> raise(open, queue, receiver, now)));
    for (Entry<OpenAlarm.Key, OpenAlarm> alarm : OpenAlarms.all(tx, AlarmEvent.WAITING)) {
      Optional<AlarmRule> rule =
          look.rules().stream()
              .filter(one -> one.name().equals(alarm.key().subject()))
              .filter(one -> one.receivers().contains(alarm.key().receiver()))
              .findFirst();
      if (rule.isEmpty()) {
        open.drop(alarm.key());
      } else if (!look.queues().containsKey(alarm.key().subject())) {
        close(open, alarm.key(), rule.get(), now);
      }
    }
    return open.refused();
  }

  private void raise(OpenAlarms open, Queue queue, String receiver, Instant now) {
    Waiting longest = queue.longest();
    open.raise(
        new Happened(
            new OpenAlarm.Key(AlarmEvent.WAITING, queue.rule().name(), receiver),
            longest.since(),
            queue.count(),
            false,
            queue.rule().every().orElse(usually)),
        alarm ->
            Notice.of(
                AlarmEvent.WAITING,
                AlarmEvent.WAITING,
                longest.script(),
                Optional.of(longest.id()),
                Optional.empty(),
                now,
                new OpenAlarm(longest.since(), alarm.told(), queue.count()),
                queue.rule().name()));
  }

  private static void close(OpenAlarms open, OpenAlarm.Key key, AlarmRule rule, Instant now) {
    if (rule.recovery()) {
      open.recover(
          key,
          alarm ->
              Notice.of(
                  AlarmEvent.RECOVERY,
                  AlarmEvent.WAITING,
                  "",
                  Optional.empty(),
                  Optional.empty(),
                  now,
                  alarm,
                  rule.name()));
    } else {
      open.drop(key);
    }
  }
}
