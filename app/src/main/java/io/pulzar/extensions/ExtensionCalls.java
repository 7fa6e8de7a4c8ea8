package io.pulzar.extensions;

import io.micronaut.http.HttpResponse;
import io.micronaut.json.JsonMapper;
import io.pulzar.http.ApiException;
import io.pulzar.polyglot.Call;
import io.pulzar.polyglot.Finished;
import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Limits;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.polyglot.RunListener;
import io.pulzar.polyglot.RuntimeFullException;
import io.pulzar.polyglot.Script;
import io.pulzar.python.ScriptRun.Purpose;
import io.pulzar.python.ScriptServices;
import io.pulzar.roles.OnMaster;
import io.pulzar.secrets.RunSecrets;
import io.pulzar.settings.Settings;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls Python for a request. */
@OnMaster
@Singleton
final class ExtensionCalls {

  private static final Duration WHEN_FULL = Duration.ofSeconds(1);

  private final PythonRuntime python;
  private final ScriptServices services;
  private final ExtensionAnswers answers;
  private final JsonMapper json;
  private final Limits limits;
  private final ExtensionRuntimes runtimes;
  private final RunSecrets secrets;

  ExtensionCalls(
      PythonRuntime python,
      ScriptServices services,
      ExtensionAnswers answers,
      JsonMapper json,
      ExtensionRuntimes runtimes,
      RunSecrets secrets,
      Settings settings) {
    this.python = python;
    this.services = services;
    this.answers = answers;
    this.json = json;
    this.runtimes = runtimes;
    this.secrets = secrets;
    this.limits = ExtensionSettings.limits(settings);
  }

  /**
   * Starts the call at once.
   *
   * @return the answer; or, exceptionally, the {@link ApiException} that the script's failure is
   */
  CompletionStage<HttpResponse<?>> call(
      Script script,
      List<String> arguments,
      Map<String, List<String>> parameters,
      Optional<Path> upload) {
    String request =
        "{\"arguments\":" + write(arguments) + ",\"params\":" + write(parameters) + "}";
    try {
      return start(script, request, upload).thenApply(end -> answers.of(script, end.outcome()));
    } catch (RuntimeFullException e) {
      throw ApiException.unavailable("pool_full", String.valueOf(e.getMessage()), WHEN_FULL);
    }
  }

  private CompletionStage<Finished> start(Script script, String request, Optional<Path> upload)
      throws RuntimeFullException {
    Call call =
        new Call(
            "extension " + script.name(),
            script,
            request,
            upload,
            Isolation.WARM,
            limits,
            services.forRun(Purpose.EXTENSION, ""),
            runtimes.of(script),
            secrets.of(script.name(), runtimes.secretsOf(script)));
    return python.start(call, new Printed(script.name())).finished();
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What an extension prints goes to the server's log, under the extension's name. */
  private static final class Printed implements RunListener {

    private final String name;

    Printed(String name) {
      this.name = name;
    }

    @Override
    public void log(String lines) {
      Logger log = LoggerFactory.getLogger("extension." + name);
      if (log.isInfoEnabled()) {
        lines.lines().forEach(log::info);
      }
    }
  }
}
