package io.pulzar.link;

import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.Setting;
import io.pulzar.settings.Settings;
import java.time.Duration;
import java.util.List;

/** How much delay is forgiven between servers. */
public final class LinkSettings {

  static final Setting<Duration> TOLERANCE =
      Setting.duration(
          "pulzar.cluster.tolerance", "60s", "How far the clocks of two servers may be apart.");
  static final Setting<Integer> NONCES =
      Setting.whole(
          "pulzar.cluster.nonces",
          200_000,
          1_000,
          100_000_000,
          "How many questions of other servers are remembered for pulzar.cluster.tolerance, so that none passes"
              + " twice; more are refused meanwhile. Each takes 200 bytes.");

  public static final List<Setting<?>> ALL = List.of(TOLERANCE, NONCES);

  private LinkSettings() {}

  /**
   * How far the clocks of two servers may be apart.
   *
   * @throws BadSettingException when no clock could meet it
   */
  static Duration toleranceOf(Settings settings) {
    Duration tolerance = settings.get(TOLERANCE);
    if (tolerance.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new BadSettingException(TOLERANCE + " must be at least 1s");
    }
    return tolerance;
  }
}
