package io.pulzar.extensions;

import io.pulzar.http.ApiException;
import io.pulzar.polyglot.Script;
import io.pulzar.polyglot.Script.Entry;
import io.pulzar.roles.OnMaster;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the script behind a name; looks at the disk each time, so that a new file is there at once.
 */
@OnMaster
@Singleton
final class Extensions {

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,99}");

  private static final String ENDING = ".py";

  private final Path classes;
  private final Path functions;

  Extensions(Settings settings) {
    this.classes = settings.get(ServerSettings.EXTENSIONS_DIR);
    this.functions = settings.get(ServerSettings.THIRD_PARTY_DIR);
  }

  /** Those that are there now, by name. */
  List<Script> all() {
    String[] files = classes.toFile().list((directory, file) -> file.endsWith(ENDING));
    return Stream.of(Objects.requireNonNullElse(files, new String[0]))
        .sorted()
        .map(file -> file.substring(0, file.length() - ENDING.length()))
        .flatMap(name -> in(classes, name, Entry.EXTENSION).stream())
        .toList();
  }

  /** The extension behind {@code /extension/name}. */
  Script byName(String name) {
    return in(classes, name, Entry.EXTENSION).orElseThrow(() -> unknown(name));
  }

  /**
   * The module behind {@code /third_party/name}; where there is none, the extension of that name.
   */
  Script oldStyle(String name) {
    return in(functions, name, Entry.FUNCTION)
        .or(() -> in(classes, name, Entry.EXTENSION))
        .orElseThrow(() -> unknown(name));
  }

  private static Optional<Script> in(Path directory, String name, Entry entry) {
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    Script script = new Script(directory, name, entry);
    return Files.isRegularFile(script.file()) ? Optional.of(script) : Optional.empty();
  }

  private static ApiException unknown(String name) {
    return ApiException.notFound(
        "extension_not_found",
        NAME.matcher(name).matches()
            ? "there is no extension "
                + name
                + ": put "
                + name
                + ".py into the extensions directory"
            : "an extension's name has letters, digits and underscores only");
  }
}
