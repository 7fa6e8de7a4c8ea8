package io.pulzar.keys;

import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Setting;
import io.pulzar.settings.Settings;
import java.time.Duration;
import java.util.List;

/**
 * The limits of the store.
 *
 * @param maxSize bytes of the largest value
 * @param mostPerPage keys in one page of a listing
 * @param mostFound keys that one search finds
 */
public record KeySettings(long maxSize, int mostPerPage, int mostFound) {

  public static final Setting<Integer> PAGE =
      Setting.whole(
          "pulzar.keys.page", 1_000, 1, 10_000, "How many keys one page of a listing may have.");
  public static final Setting<Integer> FOUND =
      Setting.whole("pulzar.keys.found", 10_000, 1, 100_000, "How many keys one search may find.");

  public static final Setting<Duration> CHECK =
      Setting.duration(
          "pulzar.keys.check",
          "7d",
          "How often the master has all values read and compared with its keys; what is wrong is"
              + " logged. 0s: never.");

  public static final Setting<Duration> QUARANTINE =
      Setting.duration(
          "pulzar.volume.quarantine",
          "7d",
          "How long a node keeps contents that no record stands for, in case the record is what was"
              + " lost.");

  public static final List<Setting<?>> ALL = List.of(PAGE, FOUND, CHECK, QUARANTINE);

  private static final long MEGABYTE = 1 << 20;

  /** The effective ones. */
  public static KeySettings of(Settings settings) {
    return new KeySettings(
        settings.get(ServerSettings.MAXSIZE) * MEGABYTE, settings.get(PAGE), settings.get(FOUND));
  }
}
