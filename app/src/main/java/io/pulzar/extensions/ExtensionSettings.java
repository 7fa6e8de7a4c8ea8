package io.pulzar.extensions;

import io.pulzar.polyglot.Limits;
import io.pulzar.scripts.RuntimeChoice;
import io.pulzar.settings.Setting;
import io.pulzar.settings.Settings;
import java.time.Duration;
import java.util.List;

/** What one extension call may use. */
public final class ExtensionSettings {

  static final Setting<Duration> TIMEOUT =
      Setting.duration("pulzar.extensions.timeout", "30s", "How long one call may take.");
  static final Setting<Long> MEMORY =
      Setting.size("pulzar.extensions.memory", "512MB", "The memory of one call.");
  static final Setting<Long> OUTPUT =
      Setting.size(
          "pulzar.extensions.output", "1MB", "How much one call may print; it goes to the log.");
  static final Setting<Long> UPLOAD =
      Setting.size("pulzar.extensions.upload", "64MB", "The largest body of a request.");
  static final Setting<Boolean> NETWORK =
      Setting.flag("pulzar.extensions.network", true, "Whether extensions may use the network.");

  static final Setting<Boolean> PREPARE =
      Setting.flag(
          "pulzar.extensions.prepare",
          false,
          "Whether workers that have nothing to do load the extensions ahead of their first call.");

  static final Setting<List<String>> RUNTIMES =
      Setting.list(
          "pulzar.extensions.runtimes",
          "",
          "Which Python runs extensions that do not say so themselves: tables=cpython,"
              + " old_report=python2.");

  public static final List<Setting<?>> ALL =
      List.of(TIMEOUT, MEMORY, OUTPUT, UPLOAD, NETWORK, PREPARE, RUNTIMES);

  private ExtensionSettings() {}

  /** Which Python runs an extension that does not say so itself. */
  public static RuntimeChoice runtimes(Settings settings) {
    return new RuntimeChoice(RUNTIMES, settings.get(RUNTIMES));
  }

  /** What these settings come to. */
  public static Limits limits(Settings settings) {
    return new Limits(
        settings.get(TIMEOUT), settings.get(MEMORY), settings.get(OUTPUT), settings.get(NETWORK));
  }
}
