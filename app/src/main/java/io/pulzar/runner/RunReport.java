package io.pulzar.runner;

import io.pulzar.jobs.JobOperations.AttemptResult;
import io.pulzar.jobs.RunUsage;
import java.util.Optional;

/**
 * How a run ended, in the master's terms.
 *
 * @param error for the script's author; empty when there is nothing to say
 * @param lastLog lines that belong behind what the script logged itself
 */
record RunReport(AttemptResult ending, String error, String lastLog, Optional<RunUsage> usage) {}
