package io.pulzar;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a process that lost its footing, at once and without a clean stop, which would need what is
 * broken. What was acknowledged is on the disk; whoever supervises the process starts it again.
 */
final class LastWatch {

  /** The exit status; others mean that the start failed. */
  static final int LOST = 70;

  private static final Logger LOG = LoggerFactory.getLogger("pulzar");
  private static final int MOST_FAILURES = 5;

  private final Supplier<Optional<String>> loss;

  /**
   * @param loss why the process can't go on; empty: it can
   */
  LastWatch(Supplier<Optional<String>> loss) {
    this.loss = loss;
  }

  /** Looks once a second, until the process is stopped in an ordinary way. */
  void until(CountDownLatch stop) throws InterruptedException {
    int failures = 0;
    while (!stop.await(1, TimeUnit.SECONDS)) {
      try {
        loss.get().ifPresent(LastWatch::end);
        failures = 0;
      } catch (RuntimeException | Error failure) {
        failures++;
        if (failures == MOST_FAILURES) {
          end("nothing can be looked at any more: " + failure);
        }
      }
    }
  }

  /** Has an error of the JVM itself, in whatever thread, end the process. */
  static void overEveryThread() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> {
          if (thrown instanceof InternalError || thrown instanceof UnknownError) {
            end(thread.getName() + ": " + thrown);
          }
          LOG.error("the thread {} ended with an error", thread.getName(), thrown);
        });
  }

  private static void end(String why) {
    try {
      LOG.error(
          "this process can't go on, and ends so that it is started again; what was acknowledged is"
              + " on the disk. {}",
          why);
    } finally {
      Runtime.getRuntime().halt(LOST);
    }
  }
}
