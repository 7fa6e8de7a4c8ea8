package io.pulzar.network;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What happens to the frames of one host, in each direction for itself.
 *
 * @param sends whether what the host sends arrives
 * @param receives whether what is sent to the host arrives
 * @param delay of each frame, each way
 * @param jitter at most this much more, at random, so that frames overtake each other
 * @param loss the share of frames that get lost each way, 0 to 1
 */
public record Cable(boolean sends, boolean receives, Duration delay, Duration jitter, double loss) {

  public static final Cable GOOD = new Cable(true, true, Duration.ZERO, Duration.ZERO, 0);
  public static final Cable CUT = new Cable(false, false, Duration.ZERO, Duration.ZERO, 0);

  /** The host hears and is not heard. */
  public static final Cable MUTE = new Cable(false, true, Duration.ZERO, Duration.ZERO, 0);

  /** The host is heard and does not hear. */
  public static final Cable DEAF = new Cable(true, false, Duration.ZERO, Duration.ZERO, 0);

  /** 200 ms there and back, in no sure order, and a tenth of the frames lost each way. */
  public static final Cable BAD =
      new Cable(true, true, Duration.ofMillis(90), Duration.ofMillis(20), 0.1);

  boolean loses(RandomGenerator random) {
    return loss > 0 && random.nextDouble() < loss;
  }

  long nanos(RandomGenerator random) {
    long varying = jitter.isZero() ? 0 : random.nextLong(jitter.toNanos());
    return delay.toNanos() + varying;
  }
}
