package io.pulzar.keys;

import io.pulzar.settings.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What an operator can choose about copies of values. */
public final class ReplicationSettings {

  /** Copies that one value may have. */
  static final int MOST = 16;

  /** Bytes a second. */
  static final long SLOWEST = 1 << 10;

  static final Setting<Integer> REPLICAS =
      Setting.whole(
          "pulzar.volume.replicas",
          1,
          1,
          MOST,
          "On how many nodes each value is. Counts at the master.");
  static final Setting<Optional<String>> REPLICAS_FOR =
      Setting.optionalText(
          "pulzar.volume.replicas-for",
          "Other numbers for keys that begin so: /prefix=n, several separated by semicolons; the"
              + " longest prefix counts. At the master.");
  static final Setting<Duration> AWAY =
      Setting.duration(
          "pulzar.volume.away",
          "10m",
          "When a node has been offline for so long, copies that it has are made elsewhere.");
  static final Setting<Long> RATE =
      Setting.size(
          "pulzar.volume.copy-rate",
          "20MB",
          "How much a second is copied at most to bring nodes level; copies that a writer waits for"
              + " do not count.");

  public static final List<Setting<?>> ALL = List.of(REPLICAS, REPLICAS_FOR, AWAY, RATE);

  private ReplicationSettings() {}
}
