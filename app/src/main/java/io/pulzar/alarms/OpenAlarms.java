package io.pulzar.alarms;

import static io.pulzar.alarms.AlarmTables.OPEN;

import io.pulzar.storage.Entry;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.storage.WriteTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Opens, repeats and closes alarms within one transaction, with the notices for it. A receiver is
 * told when an alarm opens, again only after {@code every}, and once when it is over; so ten
 * thousand runs that fail are one notice for each script.
 */
final class OpenAlarms {

  private final WriteTransaction tx;
  private final DeliveryStore deliveries;
  private final Instant now;
  private int refused;

  OpenAlarms(WriteTransaction tx, DeliveryStore deliveries, Instant now) {
    this.tx = tx;
    this.deliveries = deliveries;
    this.now = now;
  }

  /**
   * Something happened, or goes on.
   *
   * @param since when it began, if it is new
   * @param count how often: added to what is known, or in its place
   * @param every after how long its receiver is told again; zero: never
   */
  record Happened(OpenAlarm.Key key, Instant since, long count, boolean adds, Duration every) {}

  /**
   * Tells a receiver, unless it was told already.
   *
   * @param notice is made when there is one to be told, from the alarm as it is then
   */
  void raise(Happened happened, Function<OpenAlarm, Notice> notice) {
    OpenAlarm known = tx.get(OPEN, happened.key()).orElse(null);
    if (known == null) {
      OpenAlarm opened = new OpenAlarm(happened.since(), now, happened.count());
      tx.put(OPEN, happened.key(), opened);
      tell(happened.key(), notice.apply(opened));
      return;
    }
    OpenAlarm counted =
        new OpenAlarm(
            known.since(),
            known.told(),
            happened.adds() ? known.count() + happened.count() : happened.count());
    boolean again = counted.isDueAgain(happened.every(), now);
    OpenAlarm after = again ? counted.toldAt(now) : counted;
    if (!after.equals(known)) {
      tx.put(OPEN, happened.key(), after);
    }
    if (again) {
      tell(happened.key(), notice.apply(after));
    }
  }

  /** It is over: its receiver is told so. */
  void recover(OpenAlarm.Key key, Function<OpenAlarm, Notice> notice) {
    tx.get(OPEN, key)
        .ifPresent(
            alarm -> {
              tx.delete(OPEN, key);
              tell(key, notice.apply(alarm));
            });
  }

  /** It is over, and nobody wants to know. */
  void drop(OpenAlarm.Key key) {
    tx.delete(OPEN, key);
  }

  /** Those that are open about one subject. */
  List<Entry<OpenAlarm.Key, OpenAlarm>> about(AlarmEvent of, String subject) {
    return from(
        tx,
        new OpenAlarm.Key(of, subject, ""),
        key -> key.of() == of && key.subject().equals(subject));
  }

  /** Those that are open of one kind. */
  static List<Entry<OpenAlarm.Key, OpenAlarm>> all(ReadTransaction tx, AlarmEvent of) {
    return from(tx, new OpenAlarm.Key(of, "", ""), key -> key.of() == of);
  }

  private static List<Entry<OpenAlarm.Key, OpenAlarm>> from(
      ReadTransaction tx, OpenAlarm.Key first, Predicate<OpenAlarm.Key> belongs) {
    List<Entry<OpenAlarm.Key, OpenAlarm>> found = new ArrayList<>();
    tx.scan(
        OPEN,
        Range.from(first),
        (key, alarm) -> belongs.test(key) && found.add(new Entry<>(key, alarm)));
    return found;
  }

  /** Notices that were given up at once. */
  int refused() {
    return refused;
  }

  private void tell(OpenAlarm.Key key, Notice notice) {
    refused += deliveries.add(tx, key.receiver(), notice, now);
  }
}
