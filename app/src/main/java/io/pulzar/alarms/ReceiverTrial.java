package io.pulzar.alarms;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Tells a receiver at once that somebody tries it. It is no delivery: nothing of it is kept. */
final class ReceiverTrial {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final DeliveryRunner runner;
  private final Clock clock;

  ReceiverTrial(DeliveryRunner runner, Clock clock) {
    this.runner = runner;
    this.clock = clock;
  }

  /** Returns when each of its addresses took it, or did not. */
  AlarmViews.Tested of(Receiver receiver) throws InterruptedException {
    Notice notice = Notice.test(clock.instant());
    List<AlarmViews.Try> tries = new ArrayList<>();
    for (String to : receiver.isMail() ? receiver.addresses() : List.of("")) {
      String id = "msg_test_" + HexFormat.of().toHexDigits(RANDOM.nextLong());
      Delivery delivery = Delivery.create(id, receiver.name(), to, notice, notice.at());
      Sender.Outcome outcome = runner.sender(receiver).send(receiver, delivery);
      tries.add(
          new AlarmViews.Try(
              to.isEmpty() ? receiver.shown() : to, outcome.taken(), outcome.words()));
    }
    return new AlarmViews.Tested(tries.stream().allMatch(AlarmViews.Try::sent), tries);
  }
}
