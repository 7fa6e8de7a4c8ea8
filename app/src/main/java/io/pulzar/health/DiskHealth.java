package io.pulzar.health;

import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the disk of the home takes more. */
@Singleton
final class DiskHealth implements HealthCheck {

  private static final long MEGABYTE = 1 << 20;

  private final Path home;
  private final long least;

  DiskHealth(Settings settings) {
    this.home = settings.get(ServerSettings.HOME);
    this.least = settings.get(HealthSettings.FREE);
  }

  @Override
  public String part() {
    return "disk";
  }

  @Override
  public Health check() {
    try {
      long free = Files.getFileStore(home).getUsableSpace();
      return free < least
          ? Health.limited(
              "only "
                  + free / MEGABYTE
                  + " MB are free: writes are refused soon; delete something or add space")
          : Health.up(free / MEGABYTE + " MB are free");
    } catch (IOException e) {
      return Health.down(home + " can't be looked at: " + e.getMessage());
    }
  }
}
