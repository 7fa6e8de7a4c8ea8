package io.pulzar.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.JsonMapper;
import io.pulzar.jobs.JobOperations.AttemptResult;
import io.pulzar.jobs.LeasedJob;
import io.pulzar.jobs.LeasedJob.RunLimits;
import io.pulzar.polyglot.Finished;
import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.ScriptRuntime;
import io.pulzar.polyglot.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class OutcomeWordsTest {

  private final OutcomeWords words = new OutcomeWords(JsonMapper.createDefault(), 20);

  static Stream<Arguments> outcomes() {
    return Stream.of(
        Arguments.of(new Outcome.Completed("{\"ok\": true}"), AttemptResult.COMPLETED, ""),
        Arguments.of(
            new Outcome.Completed("{\"ok\": false}"),
            AttemptResult.FAILED,
            "execute() returned a false value; the log says more"),
        Arguments.of(
            new Outcome.Completed("{\"ok\": false, \"error\": \"no text\"}"),
            AttemptResult.FAILED,
            "no text"),
        Arguments.of(
            new Outcome.Completed("nonsense"),
            AttemptResult.FAILED,
            "execute() returned a false value; the log says more"),
        Arguments.of(
            new Outcome.Raised("ValueError", "bad", "trace"),
            AttemptResult.FAILED,
            "ValueError: bad"),
        Arguments.of(new Outcome.Raised("KeyError", "", ""), AttemptResult.FAILED, "KeyError"),
        Arguments.of(
            new Outcome.TimedOut(Duration.ofSeconds(4)),
            AttemptResult.FAILED,
            "the time limit of 4s passed"),
        Arguments.of(
            new Outcome.OutOfMemory(192L << 20),
            AttemptResult.FAILED,
            "out of memory: the limit is 192MB"),
        Arguments.of(
            new Outcome.OutputLimit(10L << 20),
            AttemptResult.FAILED,
            "log and output together grew over 10MB"),
        Arguments.of(new Outcome.Crashed("it died"), AttemptResult.FAILED, "it died"),
        Arguments.of(new Outcome.Canceled(), AttemptResult.CANCELED, ""));
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void everyOutcomeHasItsEndAndItsWords(Outcome outcome, AttemptResult ending, String error) {
    RunReport report = words.report(finished(outcome), AttemptResult.CANCELED);
    assertThat(report.ending()).isEqualTo(ending);
    assertThat(report.error()).isEqualTo(error);
    assertThat(report.usage().orElseThrow().ranMillis()).isEqualTo(20);
  }

  @Test
  void whatWasReturnedIsTheResultUpToItsBound() {
    RunReport report =
        words.report(
            finished(new Outcome.Completed("{\"ok\":true,\"result\":{\"a\": [1, 2]}}")),
            AttemptResult.CANCELED);
    assertThat(report.ending()).isEqualTo(AttemptResult.COMPLETED);
    assertThat(report.result()).contains("{\"a\": [1, 2]}");
    RunReport large =
        words.report(
            finished(
                new Outcome.Completed("{\"ok\":true,\"result\":\"aaaaaaaaaaaaaaaaaaaaaaaa\"}")),
            AttemptResult.CANCELED);
    assertThat(large.ending()).isEqualTo(AttemptResult.FAILED);
    assertThat(large.error()).contains("26 bytes", "pulzar.jobs.result");
    assertThat(large.result()).isEmpty();
  }

  @Test
  void theTracebackGoesIntoTheLog() {
    Outcome raised = new Outcome.Raised("ValueError", "bad", "job.py, line 3\nValueError: bad\n");
    assertThat(words.report(finished(raised), AttemptResult.CANCELED).lastLog())
        .isEqualTo("job.py, line 3\nValueError: bad\n");
  }

  @Test
  void aRunThatTheNodeStoppedGoesBackToTheQueue() {
    assertThat(words.report(finished(new Outcome.Canceled()), AttemptResult.RETURNED).ending())
        .isEqualTo(AttemptResult.RETURNED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|{\"job_id\":7,\"_pulzar_config\":{\"scheduled\":true},\"_pulzar_declared\":{\"network\":\"off \\\"now\\\"\"}}",
        " { } |{\"job_id\":7,\"_pulzar_config\":{\"scheduled\":true},\"_pulzar_declared\":{\"network\":\"off \\\"now\\\"\"}}",
        "{\"a\": 1}|{\"a\": 1,\"job_id\":7,\"_pulzar_config\":{\"scheduled\":true},\"_pulzar_declared\":{\"network\":\"off \\\"now\\\"\"}}"
      })
  void thePlatformsNamesComeLastSoThatTheyCount(String parameters, String arguments) {
    LeasedJob lease =
        new LeasedJob(
            new io.pulzar.jobs.JobOperations.AttemptId(7, 1),
            "a/b",
            parameters,
            true,
            Optional.empty(),
            new RunLimits(
                Duration.ofSeconds(1), 1, 1, true, Isolation.CLEAN, ScriptRuntime.GRAALPY),
            List.of(),
            Map.of("network", "off \"now\""),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(lease.arguments(parameters)).isEqualTo(arguments);
  }

  private static Finished finished(Outcome outcome) {
    return new Finished(
        outcome,
        new Usage(Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofMillis(3), 4_096));
  }
}
