package io.pulzar.extensions;

import io.micronaut.context.annotation.Context;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.polyglot.ScriptRuntime;
import io.pulzar.roles.OnMaster;
import io.pulzar.settings.Settings;
import jakarta.annotation.PostConstruct;

/** Has the workers load the extensions that are there at the start. */
@OnMaster
@Context
final class ExtensionPreparation {

  /** More would push each other out of a worker's contexts. */
  private static final int MOST = 8;

  private final Extensions extensions;
  private final PythonRuntime python;
  private final ExtensionRuntimes runtimes;
  private final Settings settings;

  ExtensionPreparation(
      Extensions extensions, PythonRuntime python, ExtensionRuntimes runtimes, Settings settings) {
    this.extensions = extensions;
    this.runtimes = runtimes;
    this.python = python;
    this.settings = settings;
  }

  @PostConstruct
  void start() {
    if (settings.get(ExtensionSettings.PREPARE)) {
      python.prepare(
          extensions.all().stream()
              .filter(script -> runtimes.of(script) == ScriptRuntime.GRAALPY)
              .limit(MOST)
              .toList(),
          ExtensionSettings.limits(settings));
    }
  }
}
