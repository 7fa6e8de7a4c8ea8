package io.pulzar.polyglot.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AlarmTest {

  /** Longer than a busy machine lets a test wait between two of its lines. */
  private static final long SOON_MILLIS = 1000;

  private final BlockingQueue<String> rung = new LinkedBlockingQueue<>();
  private final Alarm<String> alarm = new Alarm<>("alarm", rung::add);

  @AfterEach
  void close() {
    alarm.close();
  }

  @Test
  void itRingsAtItsTimeAndNotBefore() throws InterruptedException {
    long before = System.nanoTime();
    alarm.setIn(50, TimeUnit.MILLISECONDS, "late");
    assertThat(next()).isEqualTo("late");
    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(50_000_000);
  }

  @Test
  void anEarlierTimeWakesItEarlier() throws InterruptedException {
    alarm.setIn(1, TimeUnit.HOURS, "in an hour");
    alarm.setIn(1, TimeUnit.MILLISECONDS, "soon");
    assertThat(next()).isEqualTo("soon");
  }

  @Test
  void onlyTheLastOneSetRings() throws InterruptedException {
    for (int i = 0; i < 1000; i++) {
      alarm.setIn(SOON_MILLIS, TimeUnit.MILLISECONDS, "old");
    }
    alarm.setIn(SOON_MILLIS + 100, TimeUnit.MILLISECONDS, "new");
    assertThat(next()).isEqualTo("new");
    assertThat(rung).isEmpty();
  }

  @Test
  void whatIsClearedDoesNotRing() throws InterruptedException {
    alarm.setIn(SOON_MILLIS, TimeUnit.MILLISECONDS, "cleared");
    alarm.clear();
    alarm.setIn(SOON_MILLIS + 100, TimeUnit.MILLISECONDS, "set");
    assertThat(next()).isEqualTo("set");
    assertThat(rung).isEmpty();
  }

  @Test
  void itRingsForEachThatIsSetAfterTheOther() throws InterruptedException {
    for (int i = 0; i < 10; i++) {
      alarm.setIn(1, TimeUnit.MILLISECONDS, "number " + i);
      assertThat(next()).isEqualTo("number " + i);
    }
  }

  private String next() throws InterruptedException {
    return String.valueOf(rung.poll(60, TimeUnit.SECONDS));
  }
}
