package io.pulzar.runner;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.HostCalls;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * The slots of jobs that wait for other jobs: each is lent to a further one meanwhile, so that jobs
 * that wait for each other never take up all slots.
 */
final class LentSlots {

  private final int most;
  private final Consumer<CountDownLatch> further;
  private final Set<CountDownLatch> lent = ConcurrentHashMap.newKeySet();

  /**
   * @param most jobs that may wait at a time
   * @param further starts a slot that fetches jobs until the latch is counted down
   */
  LentSlots(int most, Consumer<CountDownLatch> further) {
    this.most = most;
    this.further = further;
  }

  /** The same calls; those that wait lend the slot of the job that asks. */
  HostCalls lending(HostCalls host) {
    return new HostCalls() {
      @Override
      public String call(String name, String arguments, Path scratch) throws HostCallException {
        return host.waits(name)
            ? callWaiting(host, name, arguments, scratch)
            : host.call(name, arguments, scratch);
      }

      @Override
      public boolean waits(String name) {
        return host.waits(name);
      }
    };
  }

  /** The node stops: no further jobs are fetched. */
  void end() {
    lent.forEach(CountDownLatch::countDown);
  }

  private String callWaiting(HostCalls host, String name, String arguments, Path scratch)
      throws HostCallException {
    CountDownLatch back = new CountDownLatch(1);
    lent.add(back);
    try {
      if (lent.size() > most) {
        throw new HostCallException(
            "RuntimeError",
            most
                + " jobs of this node wait for others already; raise "
                + RunnerSettings.WAITING
                + ", or wait where they are launched");
      }
      further.accept(back);
      return host.call(name, arguments, scratch);
    } finally {
      back.countDown();
      lent.remove(back);
    }
  }
}
