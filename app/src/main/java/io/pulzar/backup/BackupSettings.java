package io.pulzar.backup;

import static io.pulzar.settings.ServerSettings.BACKUP_ADDRESS;
import static io.pulzar.settings.ServerSettings.BACKUP_PASSWORD;
import static io.pulzar.settings.ServerSettings.BACKUP_TYPE;
import static io.pulzar.settings.ServerSettings.BACKUP_USER;

import io.pulzar.http.HttpClients;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.Setting;
import io.pulzar.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of backups, beside those of the original in {@link
 * io.pulzar.settings.ServerSettings}.
 */
public final class BackupSettings {

  /** Where backups go. */
  enum Type {
    DIRECTORY,
    NODE
  }

  public static final Setting<Duration> EVERY =
      Setting.duration("pulzar.backup.every", "24h", "The time from one backup to the next.");
  public static final Setting<Integer> KEEP =
      Setting.whole("pulzar.backup.keep", 7, 1, 10_000, "How many backups are kept.");
  public static final Setting<Long> PART =
      Setting.size(
          "pulzar.backup.part",
          "4MB",
          "How large the values are that a backup becomes in another cluster, at most its"
              + " pulzar.general.maxsize.");

  public static final List<Setting<?>> ALL = List.of(EVERY, KEEP, PART);

  private BackupSettings() {}

  /**
   * Where backups are to go.
   *
   * @param label of this server in the names of its backups
   * @throws BadSettingException when the address is missing or does not fit the type
   */
  static Destination destination(Settings settings, String label) {
    String address =
        settings
            .get(BACKUP_ADDRESS)
            .orElseThrow(
                () ->
                    new BadSettingException(BACKUP_ADDRESS + " is needed when backups are active"));
    int keep = settings.get(KEEP);
    return switch (type(settings, address)) {
      case DIRECTORY -> {
        if (!Path.of(address).isAbsolute()) {
          throw new BadSettingException(
              BACKUP_ADDRESS + " must be an absolute path or a URL, got '" + address + "'");
        }
        yield new DirectoryDestination(Path.of(address), label, keep);
      }
      case NODE ->
          new ClusterDestination(
              new RemoteValues(url(address), login(settings), HttpClients.client(settings)),
              label,
              keep,
              Math.toIntExact(settings.get(PART)));
    };
  }

  private static Type type(Settings settings, String address) {
    return settings
        .get(BACKUP_TYPE)
        .map(
            text ->
                switch (text.trim()) {
                  case "directory" -> Type.DIRECTORY;
                  case "node" -> Type.NODE;
                  default ->
                      throw new BadSettingException(
                          BACKUP_TYPE + " is directory or node, got '" + text + "'");
                })
        .orElse(address.startsWith("http") ? Type.NODE : Type.DIRECTORY);
  }

  private static URI url(String address) {
    try {
      URI url = URI.create(address);
      if (url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw new BadSettingException(BACKUP_ADDRESS + " is no URL: " + e.getMessage());
    }
    throw new BadSettingException(
        BACKUP_ADDRESS + " must be like http://host:31414, got '" + address + "'");
  }

  private static Optional<RemoteValues.Login> login(Settings settings) {
    return settings
        .get(BACKUP_USER)
        .map(user -> new RemoteValues.Login(user, settings.get(BACKUP_PASSWORD).orElse("")));
  }
}
