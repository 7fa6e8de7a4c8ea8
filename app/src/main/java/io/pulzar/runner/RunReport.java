package io.pulzar.runner;

import io.pulzar.jobs.JobOperations.AttemptResult;
import io.pulzar.jobs.RunUsage;
import java.util.Optional;

/**
 * How a run ended, in the master's terms.
 *
 * @param error for the script's author; empty when there is nothing to say
 * @param result what the script returned, as JSON
 * @param lastLog lines that belong behind what the script logged itself
 */
public record RunReport(
    AttemptResult ending,
    String error,
    Optional<String> result,
    String lastLog,
    Optional<RunUsage> usage) {

  public RunReport(AttemptResult ending, String error, String lastLog, Optional<RunUsage> usage) {
    this(ending, error, Optional.empty(), lastLog, usage);
  }
}
