package io.pulzar.jobs;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.pulzar.jobs.JobOperations.Ack;
import io.pulzar.jobs.JobOperations.Awaited;
import io.pulzar.jobs.JobOperations.JobQuestion;
import io.pulzar.jobs.JobOperations.LaunchQuestion;
import io.pulzar.jobs.JobOperations.Launched;
import io.pulzar.jobs.JobOperations.ScriptOfJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a running script can do with jobs: the same as a client, by the same rules. */
final class ScriptedJobs {

  private final JobRequests requests;
  private final JobHistory history;
  private final JsonMapper json;
  private final long parametersBytes;

  /**
   * @param parametersBytes the largest parameters of one job
   */
  ScriptedJobs(JobRequests requests, JobHistory history, JsonMapper json, long parametersBytes) {
    this.requests = requests;
    this.history = history;
    this.json = json;
    this.parametersBytes = parametersBytes;
  }

  CompletionStage<Launched> launch(LaunchQuestion question) {
    // The worker writes ASCII only, so that characters are bytes.
    if (question.parameters().length() > parametersBytes) {
      throw Refusals.parametersTooLarge(parametersBytes);
    }
    Submission submission =
        requests.prepare(
            JobOperations.scriptOf(question.path()),
            question.parameters(),
            dataOf(question.parameters()),
            Optional.empty());
    return requests.submit(submission, Optional.empty()).thenApply(Launched::new);
  }

  CompletionStage<ScriptOfJob> script(JobQuestion question) {
    return CompletableFuture.completedStage(
        new ScriptOfJob(requests.existing(question.job()).submission().path()));
  }

  CompletionStage<Awaited> await(JobQuestion question) {
    requests.existing(question.job());
    Duration patience =
        question.patience().compareTo(JobOperations.PATIENCE) < 0
            ? question.patience()
            : JobOperations.PATIENCE;
    return requests.whenEnded(question.job(), patience).thenApplyAsync(this::told);
  }

  CompletionStage<Ack> cancel(JobQuestion question) {
    JobRecord job = requests.existing(question.job());
    if (job.state() instanceof JobState.Ended) {
      return CompletableFuture.completedStage(new Ack(false));
    }
    return requests.cancel(question.job()).thenApply(canceled -> new Ack(true));
  }

  private Awaited told(JobRecord job) {
    if (!(job.state() instanceof JobState.Ended)) {
      return new Awaited(Optional.empty());
    }
    try {
      return new Awaited(Optional.of(json.writeValueAsString(history.details(job))));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private Optional<String> dataOf(String parameters) {
    try {
      JsonNode object = json.readValue(parameters, Argument.of(JsonNode.class));
      JsonNode data = object == null ? null : object.get(JobOperations.DATA);
      return data == null || !data.isString()
          ? Optional.empty()
          : Optional.of(data.getStringValue());
    } catch (IOException malformed) {
      throw Refusals.badParameters("it is not valid JSON");
    }
  }
}
