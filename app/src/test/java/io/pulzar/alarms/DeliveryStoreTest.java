package io.pulzar.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.alarms.Delivery.State;
import io.pulzar.storage.Database;
import io.pulzar.storage.StorageEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries on a real disk. */
final class DeliveryStoreTest {

  private static final Instant NOW = Instant.parse("2026-11-28T08:00:00Z");
  private static final AlarmSettings.Most MOST =
      new AlarmSettings.Most(10, 10, 10, 10, 2, 3, 4, 100, 100);

  @TempDir private Path directory;
  private Database database;
  private DeliveryStore store;

  @BeforeEach
  void open() {
    database = StorageEngine.local().open(directory, new AlarmTables().tables());
    store = new DeliveryStore(database, MOST, 0x1234L);
    database.writeAndWait(
        tx -> {
          tx.put(AlarmTables.RECEIVERS, "hook", receiver("hook", List.of()));
          tx.put(AlarmTables.RECEIVERS, "mail", receiver("mail", List.of("a@x.y", "b@x.y")));
          return true;
        });
  }

  private static Receiver receiver(String name, List<String> addresses) {
    return new Receiver(name, "shown", addresses, Optional.of("{}"), NOW, "root");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aDeliveryIsReadAsItWasWritten() {
    Notice notice =
        new Notice(
            AlarmEvent.RECOVERY,
            AlarmEvent.LATE,
            "a/b",
            Optional.of(7L),
            Optional.of(8L),
            NOW,
            NOW.minusNanos(5),
            9,
            "rule",
            "error",
            Optional.of(NOW.minusSeconds(1)),
            Optional.of("node"),
            3);
    assertThat(add("hook", notice)).isZero();
    Delivery delivery = store.newest(10).getFirst();
    assertThat(delivery)
        .isEqualTo(Delivery.create("msg_0000000000001234_1", "hook", "", notice, NOW));
    Delivery ended = delivery.ended(State.SENT, "answered 200", NOW.plusSeconds(1));
    assertThat(store.change(1, before -> ended)).contains(ended);
    assertThat(store.newest(10)).containsExactly(ended);
    assertThat(store.waiting()).isZero();
  }

  @Test
  void eachAddressHasADeliveryAndWhoIsUnknownNone() {
    add("mail", Notice.test(NOW));
    add("nobody", Notice.test(NOW));
    assertThat(store.newest(10)).extracting(Delivery::to).containsExactly("b@x.y", "a@x.y");
  }

  @Test
  void whatIsTriedAgainIsDueAtItsTime() {
    add("hook", Notice.test(NOW));
    Instant later = NOW.plus(Duration.ofMinutes(5));
    store.change(1, before -> before.retriedAt(later, "answered 500"));
    assertThat(store.due(later.minusMillis(1), 10)).isEmpty();
    assertThat(store.due(later, 10)).containsExactly(1L);
    assertThat(store.due(1, later.minusMillis(1))).isEmpty();
    assertThat(store.due(1, later)).isPresent();
    store.change(1, before -> before.ended(State.SENT, "answered 200", later));
    assertThat(store.due(1, later)).isEmpty();
    assertThat(store.newest(1).getFirst().attempts()).isEqualTo(2);
  }

  @Test
  void moreThanMayWaitAreGivenUpAtOnceAndSaid() {
    for (int n = 0; n < 3; n++) {
      assertThat(add("hook", Notice.test(NOW))).isZero();
    }
    assertThat(add("mail", Notice.test(NOW))).isEqualTo(2);
    assertThat(store.waiting()).isEqualTo(3);
    assertThat(store.newest(1).getFirst().state()).isEqualTo(State.GIVEN_UP);
    assertThat(store.newest(1).getFirst().outcome()).contains("pulzar.alarms.queue");
  }

  @Test
  void onlyTheLastThatEndedAreRememberedAndNoNumberComesAgain() {
    for (int n = 1; n <= 10; n++) {
      add("hook", Notice.test(NOW));
      store.change(n, before -> before.ended(State.SENT, "ok", NOW));
    }
    add("hook", Notice.test(NOW));
    assertThat(store.newest(100))
        .extracting(Delivery::id)
        .containsExactly(
            "msg_0000000000001234_11",
            "msg_0000000000001234_10",
            "msg_0000000000001234_9",
            "msg_0000000000001234_8",
            "msg_0000000000001234_7");
  }

  private int add(String receiver, Notice notice) {
    return database.writeAndWait(tx -> store.add(tx, receiver, notice, NOW));
  }
}
