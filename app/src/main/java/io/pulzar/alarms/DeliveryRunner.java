package io.pulzar.alarms;

import io.pulzar.alarms.Delivery.State;
import io.pulzar.alarms.Sender.Outcome;
import io.pulzar.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due, several at the same time, and stores how it went. What was not taken is tried
 * again later, until it is given up.
 *
 * <p>An attempt whose end is not stored, because the process ended, is made again: a receiver that
 * has taken it meanwhile knows the id.
 */
final class DeliveryRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryRunner.class);

  /** A mail takes several questions and answers. */
  private static final int LONGEST_IN_PATIENCES = 6;

  /** How long a stop waits for attempts under way, and then again after interrupting them. */
  private static final Duration PARTING = Duration.ofSeconds(1);

  private record Attempt(Future<?> work, long began) {}

  private final AlarmStore store;
  private final DeliveryStore deliveries;
  private final Sender webhooks;
  private final Sender mails;
  private final AlarmSettings settings;
  private final AlarmMetrics metrics;
  private final Clock clock;
  private final Map<Long, Attempt> underWay = new ConcurrentHashMap<>();
  private final Map<Long, Outcome> unstored = new ConcurrentHashMap<>();
  private volatile boolean closing;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("alarm-", 0).factory());

  DeliveryRunner(
      AlarmStore store,
      DeliveryStore deliveries,
      Sender webhooks,
      Sender mails,
      AlarmSettings settings,
      AlarmMetrics metrics,
      Clock clock) {
    this.store = store;
    this.deliveries = deliveries;
    this.webhooks = webhooks;
    this.mails = mails;
    this.settings = settings;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Begins what is due, as far as there is room; ends attempts that take too long. */
  synchronized void run() {
    if (closing) {
      return;
    }
    long now = System.nanoTime();
    long longest = settings.patience().multipliedBy(LONGEST_IN_PATIENCES).toNanos();
    underWay.values().stream()
        .filter(attempt -> now - attempt.began() > longest)
        .forEach(attempt -> attempt.work().cancel(true));
    int room = settings.most().parallel() - underWay.size();
    if (room <= 0) {
      return;
    }
    deliveries.due(clock.instant(), settings.most().parallel() + underWay.size()).stream()
        .filter(due -> !underWay.containsKey(due))
        .limit(room)
        .forEach(this::begin);
  }

  private void begin(long due) {
    FutureTask<Boolean> work = new FutureTask<>(() -> attempt(due), true);
    underWay.put(due, new Attempt(work, System.nanoTime()));
    threads.execute(work);
  }

  private void attempt(long number) {
    boolean goesOn = false;
    try {
      // Read again now that nobody else can begin it: it was listed as due before, and an attempt
      // that was under way then may have ended in between.
      Optional<Delivery> due = deliveries.due(number, clock.instant());
      goesOn = due.isEmpty() || attempt(number, due.get());
    } finally {
      underWay.remove(number);
    }
    if (goesOn) {
      // There is room for the next, which need not wait for the next round.
      run();
    }
  }

  /** Whether what became of it is stored. */
  private boolean attempt(long number, Delivery delivery) {
    Optional<Outcome> outcome =
        Optional.ofNullable(unstored.get(number)).or(() -> tryOnce(delivery));
    // An interrupt was meant for the attempt; what became of that is stored in any case.
    boolean _ = Thread.interrupted();
    return outcome.isPresent() && store(number, outcome.get());
  }

  /** Empty: the server stops, and nobody knows whether it was taken. */
  private Optional<Outcome> tryOnce(Delivery delivery) {
    try {
      Optional<Receiver> receiver = store.receiver(delivery.receiver());
      return Optional.of(
          receiver.isPresent()
              ? sender(receiver.get()).send(receiver.get(), delivery)
              : new Outcome(false, "there is no receiver " + delivery.receiver() + " any more"));
    } catch (InterruptedException e) {
      return closing ? Optional.empty() : Optional.of(new Outcome(false, "it took too long"));
    } catch (RuntimeException e) {
      LOG.warn("notice {} can't be sent", delivery.id(), e);
      return Optional.of(new Outcome(false, "a fault of this server: " + e));
    }
  }

  Sender sender(Receiver receiver) {
    return receiver.isMail() ? mails : webhooks;
  }

  /** What can't be stored now, on a full disk, is remembered: it must not be sent again. */
  private boolean store(long number, Outcome outcome) {
    try {
      Optional<Delivery> stored =
          deliveries.change(number, before -> after(before, outcome, clock.instant()));
      unstored.remove(number);
      stored.ifPresent(delivery -> tell(delivery, outcome));
      return true;
    } catch (StorageException e) {
      unstored.put(number, outcome);
      LOG.warn("what became of a notice is not stored yet: {}", e.getMessage());
      return false;
    }
  }

  private Delivery after(Delivery before, Outcome outcome, Instant now) {
    if (outcome.taken()) {
      return before.ended(State.SENT, outcome.words(), now);
    }
    Instant next = now.plus(settings.retries().after(before.attempts() + 1));
    return next.isAfter(before.created().plus(settings.retries().giveUp()))
        ? before.ended(State.GIVEN_UP, outcome.words(), now)
        : before.retriedAt(next, outcome.words());
  }

  private void tell(Delivery delivery, Outcome outcome) {
    metrics.attempt(outcome.taken());
    switch (delivery.state()) {
      case SENT -> {
        // Nothing to be told.
      }
      case WAITING -> {
        if (delivery.attempts() == 1) {
          LOG.warn(
              "{} is not told of {} yet and will be tried again: {}",
              delivery.receiver(),
              delivery.id(),
              delivery.outcome());
        }
      }
      case GIVEN_UP -> {
        metrics.givenUp(1);
        LOG.warn(
            "{} was not told of {} ({}), {} attempts: {}",
            delivery.receiver(),
            delivery.id(),
            NoticeSentences.title(delivery.notice()),
            delivery.attempts(),
            delivery.outcome());
      }
    }
  }

  /** Lets attempts under way end, if that is soon. */
  @Override
  public void close() {
    synchronized (this) {
      // A round that is under way begins nothing after this.
      closing = true;
    }
    threads.shutdown();
    try {
      if (!threads.awaitTermination(PARTING.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
        boolean _ = threads.awaitTermination(PARTING.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
