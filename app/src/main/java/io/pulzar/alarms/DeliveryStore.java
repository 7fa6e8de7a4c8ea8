package io.pulzar.alarms;

import static io.pulzar.alarms.AlarmTables.COUNTERS;
import static io.pulzar.alarms.AlarmTables.DELIVERIES;
import static io.pulzar.alarms.AlarmTables.DUE;
import static io.pulzar.alarms.AlarmTables.LAST_DELIVERY;
import static io.pulzar.alarms.AlarmTables.RECEIVERS;

import io.pulzar.alarms.AlarmTables.DueKey;
import io.pulzar.alarms.Delivery.State;
import io.pulzar.storage.Database;
import io.pulzar.storage.Entry;
import io.pulzar.storage.Range;
import io.pulzar.storage.ValueForm.Present;
import io.pulzar.storage.WriteTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Deliveries on the disk: those that wait, with when they are due, and the last that ended. */
final class DeliveryStore {

  /** Removed with one that ends, when the log was made shorter. */
  private static final int MOST_REMOVED = 10;

  private final Database database;
  private final AlarmSettings.Most most;
  private final String series;

  /**
   * @param series drawn at each start: after a restore numbers come again, and ids must not
   */
  DeliveryStore(Database database, AlarmSettings.Most most, long series) {
    this.database = database;
    this.most = most;
    this.series = HexFormat.of().toHexDigits(series);
  }

  /**
   * Adds what a receiver is to be told, within a transaction: a mail for each of its addresses.
   *
   * @return how many were given up at once, because too many wait
   */
  int add(WriteTransaction tx, String receiver, Notice notice, Instant now) {
    Optional<Receiver> known = tx.getReadable(RECEIVERS, receiver);
    List<String> addresses =
        known.map(found -> found.isMail() ? found.addresses() : List.of("")).orElse(List.of());
    int refused = 0;
    for (String to : addresses) {
      long number = tx.get(COUNTERS, LAST_DELIVERY).orElse(0L) + 1;
      tx.put(COUNTERS, LAST_DELIVERY, number);
      Delivery delivery =
          Delivery.create("msg_" + series + "_" + number, receiver, to, notice, now);
      boolean room = tx.entries(DUE) < most.queue();
      if (room) {
        tx.put(DUE, new DueKey(now, number), Present.YES);
      } else {
        refused++;
      }
      tx.put(
          DELIVERIES,
          number,
          room
              ? delivery
              : delivery.refused("not tried: too many wait already; see pulzar.alarms.queue", now));
      cut(tx);
    }
    return refused;
  }

  /** The numbers of those that are due, the longest first. */
  List<Long> due(Instant now, int limit) {
    return database.read(
        tx -> {
          List<Long> due = new ArrayList<>();
          tx.scanKeys(
              DUE,
              Range.<DueKey>all().upTo(new DueKey(now, Long.MAX_VALUE)),
              key -> {
                if (tx.getReadable(DELIVERIES, key.delivery()).isPresent()) {
                  due.add(key.delivery());
                }
                return due.size() < limit;
              });
          return due;
        });
  }

  /** One of them; empty when it is not due any more. */
  Optional<Delivery> due(long number, Instant now) {
    return database
        .read(tx -> tx.getReadable(DELIVERIES, number))
        .filter(delivery -> delivery.state() == State.WAITING)
        .filter(delivery -> !delivery.next().isAfter(now));
  }

  /** Stores what became of an attempt; the delivery as it is now, empty when it is gone. */
  Optional<Delivery> change(long number, UnaryOperator<Delivery> change) {
    return database.writeAndWait(
        tx -> {
          Optional<Delivery> before = tx.get(DELIVERIES, number);
          Optional<Delivery> after = before.map(change);
          before.ifPresent(old -> tx.delete(DUE, new DueKey(old.next(), number)));
          after.ifPresent(
              delivery -> {
                tx.put(DELIVERIES, number, delivery);
                if (delivery.state() == State.WAITING) {
                  tx.put(DUE, new DueKey(delivery.next(), number), Present.YES);
                } else {
                  cut(tx);
                }
              });
          return after;
        });
  }

  /** The newest first. */
  List<Delivery> newest(int limit) {
    return database.read(
        tx -> tx.page(DELIVERIES, Range.allBackward(), limit).stream().map(Entry::value).toList());
  }

  /** How many wait. */
  long waiting() {
    return database.read(tx -> tx.entries(DUE));
  }

  private void cut(WriteTransaction tx) {
    long surplus = tx.entries(DELIVERIES) - tx.entries(DUE) - most.log();
    List<Long> old = new ArrayList<>();
    if (surplus > 0) {
      tx.scan(
          DELIVERIES,
          Range.all(),
          (number, delivery) -> {
            if (delivery.state() != State.WAITING) {
              old.add(number);
            }
            return old.size() < Math.min(surplus, MOST_REMOVED);
          });
    }
    old.forEach(number -> tx.delete(DELIVERIES, number));
  }
}
