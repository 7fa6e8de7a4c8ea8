package io.pulzar.cluster;

import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.Setting;
import io.pulzar.settings.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How often nodes report, and how much silence is forgiven.
 *
 * @param heartbeat between two reports of a node
 * @param lost after this silence a node counts as offline
 */
public record ClusterSettings(Duration heartbeat, Duration lost) {

  public static final Setting<Duration> HEARTBEAT =
      Setting.duration("pulzar.cluster.heartbeat", "2s", "How often a node reports to the master.");
  public static final Setting<Duration> LOST =
      Setting.duration(
          "pulzar.cluster.lost", "15s", "After this silence a node counts as offline.");
  public static final List<Setting<?>> ALL = List.of(HEARTBEAT, LOST);

  public ClusterSettings {
    if (heartbeat.isZero() || lost.compareTo(heartbeat.multipliedBy(2)) < 0) {
      throw new BadSettingException(
          LOST + " must be at least twice " + HEARTBEAT + ", or every node would seem lost");
    }
  }

  /** The effective ones. */
  static ClusterSettings of(Settings settings) {
    return new ClusterSettings(settings.get(HEARTBEAT), settings.get(LOST));
  }
}
