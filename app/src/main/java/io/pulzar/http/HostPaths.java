package io.pulzar.http;

import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes the places of this machine out of what a script says: its error may name a file that it was
 * given, and a client learns that file's name, but not where the server keeps it.
 */
@Singleton
public final class HostPaths {

  /** The longest first: one may lie in another. */
  private final List<String> directories;

  public HostPaths(Settings settings) {
    this.directories =
        Stream.of(
                Optional.of(settings.get(ServerSettings.HOME).resolve("uploads")),
                Optional.of(settings.get(ServerSettings.HOME)),
                Optional.of(ServerSettings.volume(settings)),
                Optional.of(settings.get(ServerSettings.JOBS_DIR)),
                Optional.of(settings.get(ServerSettings.EXTENSIONS_DIR)),
                Optional.of(settings.get(ServerSettings.THIRD_PARTY_DIR)),
                Optional.of(settings.get(ServerSettings.PROCESSES_DIR)),
                Optional.of(settings.get(ServerSettings.INSTALLATION)),
                Optional.ofNullable(System.getProperty("user.home")).map(Path::of))
            .flatMap(Optional::stream)
            .map(directory -> directory.toAbsolutePath().normalize() + "/")
            .filter(directory -> directory.length() > 1)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** The text with file names in the place of paths. */
  public String hide(String text) {
    String hidden = text;
    for (String directory : directories) {
      hidden = hidden.replace(directory, "");
    }
    return hidden;
  }
}
