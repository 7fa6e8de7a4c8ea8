package io.pulzar.cluster;

import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.Setting;
import io.pulzar.settings.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How often nodes report, and how much delay is forgiven.
 *
 * @param heartbeat between two reports of a node
 * @param lost after this silence a node counts as offline
 * @param tolerance how far the clocks of two servers may be apart
 * @param nonces how many questions are remembered for so long, so that none passes twice
 */
public record ClusterSettings(Duration heartbeat, Duration lost, Duration tolerance, int nonces) {

  public static final Setting<Duration> HEARTBEAT =
      Setting.duration("pulzar.cluster.heartbeat", "2s", "How often a node reports to the master.");
  public static final Setting<Duration> LOST =
      Setting.duration(
          "pulzar.cluster.lost", "15s", "After this silence a node counts as offline.");
  public static final Setting<Duration> TOLERANCE =
      Setting.duration(
          "pulzar.cluster.tolerance", "60s", "How far the clocks of two servers may be apart.");
  public static final Setting<Integer> NONCES =
      Setting.whole(
          "pulzar.cluster.nonces",
          200_000,
          1_000,
          100_000_000,
          "How many questions of other servers are remembered for pulzar.cluster.tolerance, so that none passes"
              + " twice; more are refused meanwhile. Each takes 200 bytes.");

  public static final List<Setting<?>> ALL = List.of(HEARTBEAT, LOST, TOLERANCE, NONCES);

  public ClusterSettings {
    if (heartbeat.isZero() || lost.compareTo(heartbeat.multipliedBy(2)) < 0) {
      throw new BadSettingException(
          LOST + " must be at least twice " + HEARTBEAT + ", or every node would seem lost");
    }
    if (tolerance.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new BadSettingException(TOLERANCE + " must be at least 1s");
    }
  }

  /** The effective ones. */
  public static ClusterSettings of(Settings settings) {
    return new ClusterSettings(
        settings.get(HEARTBEAT), settings.get(LOST), settings.get(TOLERANCE), settings.get(NONCES));
  }
}
