package io.pulzar.health;

import io.pulzar.settings.Setting;
import java.util.List;

/** What counts as healthy. */
public final class HealthSettings {

  public static final Setting<Long> FREE =
      Setting.size(
          "pulzar.health.free",
          "64MB",
          "With less space on the disk of the home, /health says that the server is not ready.");

  public static final List<Setting<?>> ALL = List.of(FREE);

  private HealthSettings() {}
}
