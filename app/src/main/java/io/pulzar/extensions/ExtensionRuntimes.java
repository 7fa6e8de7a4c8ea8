package io.pulzar.extensions;

import io.pulzar.http.ApiException;
import io.pulzar.polyglot.Script;
import io.pulzar.polyglot.ScriptRuntime;
import io.pulzar.roles.OnMaster;
import io.pulzar.scripts.RuntimeChoice;
import io.pulzar.scripts.ScriptCatalog;
import io.pulzar.scripts.ScriptDocumentation;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * Says which Python runs an extension, and which secrets it asks for, by the rules for jobs: the
 * docstring of its {@code execute}, the shebang, the setting.
 */
@OnMaster
@Singleton
final class ExtensionRuntimes {

  private static final String RUNTIME = "runtime";
  private static final String SECRETS = "secrets";

  private final RuntimeChoice choice;
  private final Path classesAt;
  private final ScriptCatalog classes;
  private final ScriptCatalog functions;

  ExtensionRuntimes(Settings settings, Clock clock) {
    choice = ExtensionSettings.runtimes(settings);
    classesAt = settings.get(ServerSettings.EXTENSIONS_DIR);
    classes = new ScriptCatalog(classesAt, clock);
    functions = new ScriptCatalog(settings.get(ServerSettings.THIRD_PARTY_DIR), clock);
  }

  /**
   * What runs an extension, as its file is now.
   *
   * @throws ApiException when its docstring names something that is no runtime
   */
  ScriptRuntime of(Script script) {
    ScriptDocumentation read = read(script);
    if (read.wishes().runtime().isEmpty()) {
      requireNone(script, read, RUNTIME);
    }
    return choice.of(script.name(), read);
  }

  /**
   * The names of the secrets that an extension asks for.
   *
   * @throws ApiException when its docstring names something that can't be one
   */
  List<String> secretsOf(Script script) {
    ScriptDocumentation read = read(script);
    if (read.wishes().secrets().isEmpty()) {
      requireNone(script, read, SECRETS);
    }
    return read.wishes().secrets();
  }

  private ScriptDocumentation read(Script script) {
    ScriptCatalog catalog = script.root().equals(classesAt) ? classes : functions;
    return catalog.find(script.name()).orElse(ScriptDocumentation.NONE);
  }

  /** A line that stands there, and says nothing that makes sense. */
  private static void requireNone(Script script, ScriptDocumentation read, String line) {
    if (read.declared().containsKey(line)) {
      throw ApiException.unprocessable(
          "bad_limits",
          script.name() + " is not called: " + String.join("; ", read.problems()),
          null);
    }
  }
}
