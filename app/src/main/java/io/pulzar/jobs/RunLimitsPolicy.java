package io.pulzar.jobs;

import io.pulzar.http.ApiException;
import io.pulzar.jobs.JobOperations.AttemptId;
import io.pulzar.jobs.JobSettings.LimitSettings;
import io.pulzar.jobs.LeasedJob.RunLimits;
import io.pulzar.scripts.RuntimeChoice;
import io.pulzar.scripts.ScriptDocumentation;
import io.pulzar.scripts.ScriptDocumentation.Wishes;
import io.pulzar.settings.DurationText;
import io.pulzar.settings.SizeText;
import io.pulzar.storage.UnreadableRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Works out what a run may use: the settings, and within their bounds the script's own wishes. */
public final class RunLimitsPolicy {

  private final LimitSettings settings;
  private final RuntimeChoice runtimes;
  private final Function<String, ScriptDocumentation> documentation;
  private final LeaseSecrets secrets;

  /**
   * @param documentation of the script with that path, as it is now
   */
  RunLimitsPolicy(
      LimitSettings settings,
      RuntimeChoice runtimes,
      Function<String, ScriptDocumentation> documentation,
      LeaseSecrets secrets) {
    this.settings = settings;
    this.runtimes = runtimes;
    this.documentation = documentation;
    this.secrets = secrets;
  }

  /**
   * The lease for a job whose attempt is recorded in it.
   *
   * @throws io.pulzar.storage.StorageException when its secrets can't be read just now
   */
  LeasedJob of(JobRecord job) {
    Submission submission = job.submission();
    return lease(
        new AttemptId(job.id(), job.attempts().number()),
        submission,
        documentation.apply(submission.path()));
  }

  /**
   * What a run would get whose script is not in the catalog yet. It is no job: its number is 0.
   *
   * @param parameters a JSON object
   */
  public LeasedJob ofDraft(String path, String parameters, ScriptDocumentation script) {
    return lease(
        new AttemptId(0, 1),
        new Submission(path, parameters, Optional.empty(), Optional.empty(), Optional.empty()),
        script);
  }

  private LeasedJob lease(AttemptId attempt, Submission submission, ScriptDocumentation script) {
    Wishes wishes = script.wishes();
    List<String> notes = new ArrayList<>();
    Duration timeout = wishes.timeout().orElse(settings.timeout());
    if (timeout.compareTo(settings.longestTimeout()) > 0) {
      timeout = settings.longestTimeout();
      notes.add("timeout is limited to " + DurationText.format(timeout));
    }
    long memory = wishes.memoryBytes().orElse(settings.memoryBytes());
    if (memory > settings.largestMemoryBytes()) {
      memory = settings.largestMemoryBytes();
      notes.add("memory is limited to " + SizeText.format(memory));
    }
    Optional<String> values = Optional.empty();
    Optional<String> refusal = refusal(script);
    if (refusal.isEmpty()) {
      try {
        values = secrets.of(attempt, submission, script);
      } catch (ApiException missing) {
        refusal = Optional.of(missing.getMessage());
      } catch (UnreadableRecordException unreadable) {
        refusal = Optional.of("its secrets can't be read: " + unreadable.getMessage());
      }
    }
    return new LeasedJob(
        attempt,
        submission.path(),
        submission.parameters(),
        submission.schedule().isPresent(),
        submission.data(),
        new RunLimits(
            timeout,
            memory,
            settings.outputBytes(),
            settings.network() && wishes.network().orElse(true),
            wishes.isolation().orElse(settings.isolation()),
            runtimes.of(submission.path(), script)),
        List.copyOf(notes),
        script.declared(),
        values,
        refusal,
        Optional.empty());
  }

  private static Optional<String> refusal(ScriptDocumentation script) {
    return script.problems().isEmpty()
        ? Optional.empty()
        : Optional.of("its limits are not certain: " + String.join("; ", script.problems()));
  }

  /** How often a failed attempt of the job is followed by another. */
  int retriesOf(JobRecord job) {
    return documentation
        .apply(job.submission().path())
        .wishes()
        .retries()
        .orElse(settings.retries());
  }
}
