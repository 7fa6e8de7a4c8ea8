package io.pulzar.runner;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.pulzar.jobs.JobOperations.AttemptResult;
import io.pulzar.jobs.JobSettingList;
import io.pulzar.jobs.RunUsage;
import io.pulzar.polyglot.Finished;
import io.pulzar.polyglot.Outcome.Canceled;
import io.pulzar.polyglot.Outcome.Completed;
import io.pulzar.polyglot.Outcome.Crashed;
import io.pulzar.polyglot.Outcome.OutOfMemory;
import io.pulzar.polyglot.Outcome.OutputLimit;
import io.pulzar.polyglot.Outcome.Raised;
import io.pulzar.polyglot.Outcome.TimedOut;
import io.pulzar.polyglot.Usage;
import io.pulzar.settings.DurationText;
import io.pulzar.settings.SizeText;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what an outcome means for a job, and says it so that the script's author can act on it. */
public final class OutcomeWords {

  private static final String RETURNED_FALSE =
      "execute() returned a false value; the log says more";

  private static final String RESULT = "{\"ok\":true,\"result\":";

  private final JsonMapper json;
  private final long longestResult;

  /**
   * @param longestResult the most bytes that a result may have
   */
  public OutcomeWords(JsonMapper json, long longestResult) {
    this.json = json;
    this.longestResult = longestResult;
  }

  /**
   * Translates.
   *
   * @param stopped the end of a run that was stopped: canceled, or returned to the queue
   */
  public RunReport report(Finished finished, AttemptResult stopped) {
    Optional<RunUsage> usage = Optional.of(usage(finished.usage()));
    return switch (finished.outcome()) {
      case Completed(String value) -> completed(value, usage);
      case Raised raised -> raised(raised, usage);
      case TimedOut(var limit) ->
          failed("the time limit of " + DurationText.format(limit) + " passed", usage);
      case OutOfMemory(long limit) ->
          failed("out of memory: the limit is " + SizeText.format(limit), usage);
      case OutputLimit(long limit) ->
          failed("log and output together grew over " + SizeText.format(limit), usage);
      case Crashed(String reason) -> failed(reason, usage);
      case Canceled canceled -> new RunReport(stopped, "", "", usage);
    };
  }

  private RunReport completed(String value, Optional<RunUsage> usage) {
    if (value.startsWith(RESULT)) {
      return completedWith(value.substring(RESULT.length(), value.length() - 1), usage);
    }
    JsonNode result = parse(value);
    JsonNode ok = result == null ? null : result.get("ok");
    if (ok != null && ok.isBoolean() && ok.getBooleanValue()) {
      return new RunReport(AttemptResult.COMPLETED, "", "", usage);
    }
    JsonNode error = result == null ? null : result.get("error");
    String words = error != null && error.isString() ? error.getStringValue() : RETURNED_FALSE;
    return new RunReport(AttemptResult.FAILED, words, "", usage);
  }

  private RunReport completedWith(String result, Optional<RunUsage> usage) {
    // The worker writes ASCII only, so that characters are bytes.
    if (result.length() > longestResult) {
      return failed(
          "the result has %d bytes of JSON; %s allows %s, store more as a file"
              .formatted(result.length(), JobSettingList.RESULT, SizeText.format(longestResult)),
          usage);
    }
    return new RunReport(AttemptResult.COMPLETED, "", Optional.of(result), "", usage);
  }

  private @Nullable JsonNode parse(String value) {
    try {
      JsonNode result = json.readValue(value, Argument.of(JsonNode.class));
      return result != null && result.isObject() ? result : null;
    } catch (IOException notJson) {
      return null;
    }
  }

  private static RunReport raised(Raised raised, Optional<RunUsage> usage) {
    String error =
        raised.message().isEmpty() ? raised.type() : raised.type() + ": " + raised.message();
    String trace = raised.traceback().strip();
    String log = trace.isEmpty() ? error : trace;
    return new RunReport(AttemptResult.FAILED, error, log + "\n", usage);
  }

  private static RunReport failed(String error, Optional<RunUsage> usage) {
    return new RunReport(AttemptResult.FAILED, error, "PULZAR_ERROR::" + error + "\n", usage);
  }

  private static RunUsage usage(Usage usage) {
    return RunUsage.of(usage.queued(), usage.ran(), usage.cpu(), usage.peakMemoryBytes());
  }
}
