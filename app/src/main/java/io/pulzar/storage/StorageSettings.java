package io.pulzar.storage;

import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Setting;
import io.pulzar.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.regex.Pattern;

/** Where the master keeps what it keeps. */
public final class StorageSettings {

  public static final Setting<Optional<String>> URL =
      Setting.optionalText(
          "pulzar.storage",
          "Where the master keeps jobs, schedules, records and all else: by default in the home;"
              + " jdbc:postgresql://HOST/DATABASE for PostgreSQL. The bytes of values are elsewhere,"
              + " see pulzar.values. See docs/scale.md.");
  public static final Setting<Optional<String>> USER =
      Setting.optionalText("pulzar.storage.user", "The name to sign in with there.");
  public static final Setting<Optional<String>> PASSWORD =
      Setting.secret("pulzar.storage.password", "The password of pulzar.storage.user.");
  public static final Setting<String> SCHEMA =
      Setting.text(
          "pulzar.storage.schema",
          "pulzar",
          "The schema there that has the tables of this installation; made when it is not there.");
  public static final Setting<Integer> CONNECTIONS =
      Setting.whole(
          "pulzar.storage.connections",
          8,
          1,
          1_000,
          "How many connections there are for reading; beside them, each of the master's seven"
              + " databases has one for writing, and its lease has one.");
  public static final Setting<Duration> PATIENCE =
      Setting.duration(
          "pulzar.storage.patience",
          "30s",
          "How long the server tries again when PostgreSQL does not answer, before a request is"
              + " refused or the start given up.");
  public static final Setting<Duration> TIMEOUT =
      Setting.duration(
          "pulzar.storage.timeout",
          "15s",
          "How long PostgreSQL may take to answer before the connection counts as lost.");
  public static final Setting<Duration> LEASE =
      Setting.duration(
          "pulzar.storage.lease",
          "3s",
          "After this silence of the master that leads, another one takes its place. One that is"
              + " started again from the same home need not wait.");
  public static final Setting<Long> CACHE =
      Setting.size(
          "pulzar.storage.cache",
          "16MB",
          "The records that the writer of each database remembers, so that it need not ask"
              + " PostgreSQL for them.");

  public static final List<Setting<?>> ALL =
      List.of(URL, USER, PASSWORD, SCHEMA, CONNECTIONS, PATIENCE, TIMEOUT, LEASE, CACHE);

  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,40}");

  /** In the home: who this installation is. */
  private static final String HOLDER = "storage.id";

  private StorageSettings() {}

  /** Whether what the master keeps is on another server. */
  public static boolean isRemote(Settings settings) {
    return settings.get(URL).isPresent();
  }

  /** See {@link StorageEngine#ofMaster}. */
  static StorageEngine engine(Settings settings) {
    Optional<String> url = settings.get(URL);
    if (url.isEmpty()) {
      return StorageEngine.local();
    }
    RemoteStorage kind =
        ServiceLoader.load(RemoteStorage.class, RemoteStorage.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .filter(known -> known.handles(url.get()))
            .findFirst()
            .orElseThrow(
                () ->
                    new BadSettingException(
                        URL
                            + "="
                            + url.get()
                            + " is not understood: write jdbc:postgresql://HOST/DATABASE, or leave"
                            + " it out to keep everything in the home"));
    return kind.at(address(settings, url.get()));
  }

  private static StorageAddress address(Settings settings, String url) {
    if (url.toLowerCase(Locale.ROOT).contains("password=")) {
      throw new BadSettingException(
          URL + " has a password in it, which logs would show: set " + PASSWORD + " instead");
    }
    String schema = settings.get(SCHEMA);
    if (!NAME.matcher(schema).matches()) {
      throw new BadSettingException(
          SCHEMA + "=" + schema + " is no name of lower-case letters, digits and underscores");
    }
    return new StorageAddress(
        url,
        settings.get(USER),
        settings.get(PASSWORD),
        schema,
        holder(settings.get(ServerSettings.HOME)),
        settings.get(CONNECTIONS),
        settings.get(PATIENCE),
        atLeast(settings, TIMEOUT, Duration.ofSeconds(1)),
        atLeast(settings, LEASE, Duration.ofSeconds(1)),
        settings.get(CACHE));
  }

  private static Duration atLeast(Settings settings, Setting<Duration> setting, Duration least) {
    Duration chosen = settings.get(setting);
    if (chosen.compareTo(least) < 0) {
      throw new BadSettingException(setting + " must be at least " + least.toSeconds() + "s");
    }
    return chosen;
  }

  /**
   * The name by which a start from this home knows that an earlier one from it is over: the home is
   * locked, so it is.
   */
  private static String holder(Path home) {
    Path file = home.resolve(HOLDER);
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(home);
        Files.writeString(file, UUID.randomUUID().toString(), StandardCharsets.UTF_8);
      }
      return Files.readString(file, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new BadSettingException(
          file + " can't be read or written: choose another --home (" + e.getMessage() + ")");
    }
  }
}
