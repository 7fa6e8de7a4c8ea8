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

/**
 * Says which Python runs an extension, by the rules for jobs: the docstring of its {@code execute},
 * the shebang, the setting.
 */
@OnMaster
@Singleton
final class ExtensionRuntimes {

  private static final String RUNTIME = "runtime";

  private final RuntimeChoice choice;
  private final Path classesAt;
  private final ScriptCatalog classes;
  private final ScriptCatalog functions;

  ExtensionRuntimes(Settings settings, Clock clock) {
    choice =
        new RuntimeChoice(ExtensionSettings.RUNTIMES, settings.get(ExtensionSettings.RUNTIMES));
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
    ScriptCatalog catalog = script.root().equals(classesAt) ? classes : functions;
    ScriptDocumentation read = catalog.find(script.name()).orElse(ScriptDocumentation.NONE);
    if (read.declared().containsKey(RUNTIME) && read.wishes().runtime().isEmpty()) {
      throw ApiException.unprocessable(
          "bad_limits",
          script.name() + " is not called: " + String.join("; ", read.problems()),
          null);
    }
    return choice.of(script.name(), read);
  }
}
