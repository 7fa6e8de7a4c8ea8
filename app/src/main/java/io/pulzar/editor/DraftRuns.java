package io.pulzar.editor;

import io.pulzar.extensions.ExtensionSettings;
import io.pulzar.http.ApiException;
import io.pulzar.jobs.JobOperations.AttemptResult;
import io.pulzar.jobs.LeasedJob;
import io.pulzar.jobs.RunLimitsPolicy;
import io.pulzar.polyglot.Call;
import io.pulzar.polyglot.Finished;
import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Limits;
import io.pulzar.polyglot.Outcome.Completed;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.polyglot.RunListener;
import io.pulzar.polyglot.RuntimeFullException;
import io.pulzar.polyglot.Script;
import io.pulzar.polyglot.ScriptRuntime;
import io.pulzar.python.ScriptRun.Purpose;
import io.pulzar.python.ScriptServices;
import io.pulzar.runner.OutcomeWords;
import io.pulzar.runner.RunReport;
import io.pulzar.scripts.RuntimeChoice;
import io.pulzar.scripts.ScriptDocumentation;
import io.pulzar.secrets.RunSecrets;
import io.pulzar.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Runs drafts as they are in the editor, without saving them, and without a record of the run. */
final class DraftRuns {

  private static final Duration WHEN_FULL = Duration.ofSeconds(2);
  private static final long MOST_OUTPUT = 1 << 20;

  /** How a worker writes what an extension returned. */
  private static final String DATA = "{\"data\":";

  private final Path drafts;
  private final Map<SourceFile.Kind, Path> originals;
  private final PythonRuntime python;
  private final ScriptServices services;
  private final RunLimitsPolicy policy;
  private final RunSecrets secrets;
  private final Limits extensionLimits;
  private final RuntimeChoice extensionRuntimes;
  private final OutcomeWords words;
  private final Duration longest;
  private final Semaphore places;

  DraftRuns(
      Path drafts,
      Map<SourceFile.Kind, Path> originals,
      PythonRuntime python,
      ScriptServices services,
      RunLimitsPolicy policy,
      RunSecrets secrets,
      OutcomeWords words,
      Settings settings) {
    this.drafts = drafts;
    this.originals = originals;
    this.python = python;
    this.services = services;
    this.policy = policy;
    this.secrets = secrets;
    this.words = words;
    this.extensionLimits = ExtensionSettings.limits(settings);
    this.extensionRuntimes = ExtensionSettings.runtimes(settings);
    this.longest = settings.get(EditorSettings.TEST_TIME);
    this.places = new Semaphore(settings.get(EditorSettings.TEST_RUNS));
  }

  /**
   * How a draft ended.
   *
   * @param log what it printed and logged
   * @param output what it gave to {@code pulzar_set_output}
   * @param report its end in the words for jobs
   */
  record Ended(String log, String output, RunReport report, Duration ran) {}

  /**
   * Runs a draft and waits for its end.
   *
   * @param arguments JSON: parameters of a job, or arguments and params of an extension
   * @throws ApiException 503 when as many are under way as may be
   */
  Ended run(SourceFile file, String source, String arguments) throws IOException {
    if (!places.tryAcquire()) {
      throw full(
          "as many test runs are under way as %s allows"
              .formatted(EditorSettings.TEST_RUNS.name()));
    }
    try (DraftTree tree =
        DraftTree.make(drafts, Objects.requireNonNull(originals.get(file.kind())), file, source)) {
      return run(call(file, source, arguments, tree.root()));
    } catch (RuntimeFullException e) {
      throw full(String.valueOf(e.getMessage()));
    } finally {
      places.release();
    }
  }

  private Ended run(Call call) throws RuntimeFullException {
    Written written = new Written();
    Finished finished = python.start(call, written).finished().toCompletableFuture().join();
    RunReport report =
        call.script().entry() == Script.Entry.EXTENSION
                && finished.outcome() instanceof Completed(String value)
            ? new RunReport(
                AttemptResult.COMPLETED, "", Optional.of(result(value)), "", Optional.empty())
            : words.report(finished, AttemptResult.FAILED);
    return new Ended(
        written.log() + report.lastLog(), written.output(), report, finished.usage().ran());
  }

  /** Of an extension: what it returned, or the answer that it chose, as an object. */
  private static String result(String value) {
    return value.startsWith(DATA) ? value.substring(DATA.length(), value.length() - 1) : value;
  }

  private Call call(SourceFile file, String source, String arguments, Path root) {
    Script script = new Script(root, file.path(), file.kind().entry());
    ScriptDocumentation documentation = ScriptDocumentation.of(file.path(), source);
    if (file.kind() == SourceFile.Kind.EXTENSIONS) {
      ScriptRuntime runtime = extensionRuntimes.of(file.path(), documentation);
      return call(file, documentation, script, arguments, extensionLimits, runtime);
    }
    LeasedJob lease = policy.ofDraft(file.path(), arguments, documentation);
    lease
        .refusal()
        .ifPresent(
            reason -> {
              throw ApiException.unprocessable("bad_limits", file.path() + ": " + reason, null);
            });
    return call(
        file,
        documentation,
        script,
        lease.arguments(arguments),
        lease.limits().forCall(),
        lease.limits().runtime());
  }

  private Call call(
      SourceFile file,
      ScriptDocumentation documentation,
      Script script,
      String arguments,
      Limits limits,
      ScriptRuntime runtime) {
    return new Call(
        "test run of " + file,
        script,
        arguments,
        Optional.empty(),
        Isolation.FRESH,
        new Limits(
            limits.timeout().compareTo(longest) < 0 ? limits.timeout() : longest,
            limits.memoryBytes(),
            Math.min(limits.outputBytes(), MOST_OUTPUT),
            limits.network()),
        file.kind() == SourceFile.Kind.JOBS
            ? services.forDraft(file.path())
            : services.forRun(Purpose.TEST, ""),
        runtime,
        secrets.of(file.path(), documentation.wishes().secrets()));
  }

  private static ApiException full(String reason) {
    return ApiException.unavailable("pool_full", reason, WHEN_FULL);
  }

  /** What the run writes, which its output limit bounds. */
  private static final class Written implements RunListener {

    private final StringBuilder log = new StringBuilder();
    private final StringBuilder output = new StringBuilder();

    @Override
    public synchronized void log(String lines) {
      log.append(lines);
    }

    @Override
    public synchronized void output(String part) {
      output.append(part);
    }

    synchronized String log() {
      return log.toString();
    }

    synchronized String output() {
      return output.toString();
    }
  }
}
