package io.pulzar.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pulzar.Await;
import io.pulzar.TestServer;
import io.pulzar.alarms.Delivery.State;
import io.pulzar.alarms.Sender.Outcome;
import io.pulzar.secrets.SecretsFixture;
import io.pulzar.storage.StorageEngine;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries on a real disk, with a sender that a test plays. */
final class DeliveryRunnerTest {

  private static final int PARALLEL = 4;

  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger mostUnderWay = new AtomicInteger();
  private volatile Sender sender = new Played((receiver, delivery) -> new Outcome(true, "ok"));
  @TempDir private Path directory;
  private RefusingDatabase database;
  private SecretsFixture secrets;
  private DeliveryStore store;
  private DeliveryRunner runner;

  /** What a test's sender does. */
  private interface Attempt {
    Outcome send(Receiver receiver, Delivery delivery) throws InterruptedException;
  }

  private final class Played implements Sender {

    private final Attempt attempt;

    Played(Attempt attempt) {
      this.attempt = attempt;
    }

    @Override
    public Outcome send(Receiver receiver, Delivery delivery) throws InterruptedException {
      mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
      try {
        sent.add(delivery.id());
        return attempt.send(receiver, delivery);
      } finally {
        underWay.decrementAndGet();
      }
    }

    @Override
    public void close() {
      // It holds nothing.
    }
  }

  private final class Current implements Sender {

    @Override
    public Outcome send(Receiver receiver, Delivery delivery) throws InterruptedException {
      return sender.send(receiver, delivery);
    }

    @Override
    public void close() {
      // It holds nothing.
    }
  }

  @BeforeEach
  void open() {
    AlarmSettings settings =
        AlarmSettings.of(
            TestServer.settings(
                directory,
                Map.of(
                    "pulzar.alarms.parallel", "" + PARALLEL,
                    "pulzar.alarms.patience", "50ms",
                    "pulzar.alarms.pause", "1h")));
    database =
        new RefusingDatabase(
            StorageEngine.local().open(directory.resolve("jobs"), new AlarmTables().tables()));
    secrets = SecretsFixture.in(directory);
    store = new DeliveryStore(database, settings.most(), 1);
    runner =
        new DeliveryRunner(
            new AlarmStore(database, secrets.texts(), settings.most()),
            store,
            new Current(),
            new Current(),
            settings,
            AlarmMetrics.of(new SimpleMeterRegistry(), store),
            Clock.systemUTC());
    Clock clock = Clock.systemUTC();
    database.writeAndWait(
        tx -> {
          tx.put(
              AlarmTables.RECEIVERS,
              "hook",
              new Receiver("hook", "", List.of(), Optional.empty(), clock.instant(), "root"));
          return true;
        });
  }

  @AfterEach
  void close() {
    runner.close();
    secrets.close();
    database.close();
  }

  private void add(int notices) {
    Clock clock = Clock.systemUTC();
    database.writeAndWait(
        tx -> {
          for (int notice = 0; notice < notices; notice++) {
            store.add(tx, "hook", Notice.test(clock.instant()), clock.instant());
          }
          return true;
        });
  }

  @Test
  void whatIsDueIsSentOnceEachAndNoMoreAtATimeThanMayBe() {
    add(300);
    runner.run();
    Await.until("all are sent", () -> store.waiting() == 0);
    assertThat(sent).hasSize(300).doesNotHaveDuplicates();
    assertThat(mostUnderWay.get()).isLessThanOrEqualTo(PARALLEL);
    assertThat(store.newest(1_000)).allMatch(delivery -> delivery.state() == State.SENT);
  }

  @Test
  void whatWasTakenWhileTheDiskWasFullIsNotSentAgain() {
    add(1);
    CountDownLatch full = new CountDownLatch(1);
    sender =
        new Played(
            (receiver, delivery) -> {
              full.await();
              return new Outcome(true, "taken");
            });
    runner.run();
    database.full = true;
    full.countDown();
    Await.until("it is over", () -> sent.size() == 1 && underWay.get() == 0);
    for (int round = 0; round < 20; round++) {
      runner.run();
    }
    database.full = false;
    Await.until(
        "it is stored",
        () -> {
          runner.run();
          return store.waiting() == 0;
        });
    assertThat(sent).hasSize(1);
    assertThat(store.newest(1).getFirst().outcome()).isEqualTo("taken");
  }

  @Test
  void anAttemptWithoutAnEndIsEndedAndCountsAsFailed() {
    add(1);
    sender =
        new Played(
            (receiver, delivery) -> {
              new CountDownLatch(1).await();
              return new Outcome(true, "never");
            });
    Await.until(
        "it is ended",
        () -> {
          runner.run();
          return store.newest(1).getFirst().attempts() == 1;
        });
    assertThat(store.newest(1).getFirst())
        .extracting(Delivery::state, Delivery::outcome)
        .containsExactly(State.WAITING, "it took too long");
  }

  @Test
  void aFaultOfASenderIsAFailedAttempt() {
    add(1);
    sender =
        new Played(
            (receiver, delivery) -> {
              throw new IllegalStateException("on purpose");
            });
    runner.run();
    Await.until("it is stored", () -> store.newest(1).getFirst().attempts() == 1);
    assertThat(store.newest(1).getFirst().outcome()).contains("fault of this server", "on purpose");
  }

  @Test
  void aNoticeForAReceiverThatIsGoneFails() {
    add(1);
    database.writeAndWait(tx -> tx.delete(AlarmTables.RECEIVERS, "hook"));
    runner.run();
    Await.until("it is stored", () -> store.newest(1).getFirst().attempts() == 1);
    assertThat(store.newest(1).getFirst().outcome())
        .isEqualTo("there is no receiver hook any more");
    assertThat(sent).isEmpty();
  }

  @Test
  void aStopLeavesWhatIsUnderWayToTheNextStart() {
    add(1);
    sender =
        new Played(
            (receiver, delivery) -> {
              new CountDownLatch(1).await();
              return new Outcome(true, "never");
            });
    runner.run();
    Await.until("it is under way", () -> underWay.get() == 1);
    runner.close();
    assertThat(store.newest(1).getFirst())
        .extracting(Delivery::state, Delivery::attempts)
        .containsExactly(State.WAITING, 0);
  }
}
