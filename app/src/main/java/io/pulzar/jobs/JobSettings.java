package io.pulzar.jobs;

import static io.pulzar.jobs.JobSettingList.HISTORY;
import static io.pulzar.jobs.JobSettingList.IDEMPOTENCY_KEYS;
import static io.pulzar.jobs.JobSettingList.ISOLATION;
import static io.pulzar.jobs.JobSettingList.LARGEST_MEMORY;
import static io.pulzar.jobs.JobSettingList.LEASE;
import static io.pulzar.jobs.JobSettingList.LONGEST_RETRY_DELAY;
import static io.pulzar.jobs.JobSettingList.LONGEST_TIMEOUT;
import static io.pulzar.jobs.JobSettingList.LONGEST_WAIT;
import static io.pulzar.jobs.JobSettingList.LOSSES;
import static io.pulzar.jobs.JobSettingList.MEMORY;
import static io.pulzar.jobs.JobSettingList.NETWORK;
import static io.pulzar.jobs.JobSettingList.OUTPUT;
import static io.pulzar.jobs.JobSettingList.PARAMETERS;
import static io.pulzar.jobs.JobSettingList.QUEUE;
import static io.pulzar.jobs.JobSettingList.RETRIES;
import static io.pulzar.jobs.JobSettingList.RETRY_DELAY;
import static io.pulzar.jobs.JobSettingList.TIMEOUT;

import io.pulzar.polyglot.Isolation;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Setting;
import io.pulzar.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The master's bounds for jobs.
 *
 * @param queue jobs that may wait
 * @param parametersBytes of one job
 * @param longestWait of a client for a job's end
 * @param idempotencyKeys remembered at a time, each for a day
 * @param history ended jobs that are kept
 * @param historyAge how long they are kept
 */
record JobSettings(
    Path store,
    int queue,
    long parametersBytes,
    Duration longestWait,
    int idempotencyKeys,
    int history,
    Duration historyAge,
    DispatchRules dispatch,
    LimitSettings limits) {

  /** What a script gets without a wish, and the most that it can wish for. */
  record LimitSettings(
      Duration timeout,
      Duration longestTimeout,
      long memoryBytes,
      long largestMemoryBytes,
      long outputBytes,
      boolean network,
      Isolation isolation,
      int retries) {}

  JobSettings {
    require(dispatch.leaseTime().compareTo(Duration.ofSeconds(1)) >= 0, LEASE, "at least 1s");
    require(limits.timeout().compareTo(Duration.ZERO) > 0, TIMEOUT, "more than nothing");
    require(limits.memoryBytes() >= 1 << 20, MEMORY, "at least 1MB");
    require(limits.outputBytes() >= 1024, OUTPUT, "at least 1KB");
    require(parametersBytes >= 2, PARAMETERS, "at least 2 bytes");
  }

  static JobSettings of(Settings settings) {
    return new JobSettings(
        settings.get(ServerSettings.HOME).resolve("master").resolve("jobs"),
        settings.get(QUEUE),
        settings.get(PARAMETERS),
        settings.get(LONGEST_WAIT),
        settings.get(IDEMPOTENCY_KEYS),
        settings.get(HISTORY),
        Duration.ofDays(settings.get(ServerSettings.RETENTION)),
        new DispatchRules(
            settings.get(LEASE),
            settings.get(LOSSES),
            settings.get(RETRY_DELAY),
            settings.get(LONGEST_RETRY_DELAY)),
        new LimitSettings(
            settings.get(TIMEOUT),
            settings.get(LONGEST_TIMEOUT),
            settings.get(MEMORY),
            settings.get(LARGEST_MEMORY),
            settings.get(OUTPUT),
            settings.get(NETWORK),
            settings.get(ISOLATION),
            settings.get(RETRIES)));
  }

  private static void require(boolean holds, Setting<?> setting, String rule) {
    if (!holds) {
      throw new BadSettingException(setting + " must be " + rule);
    }
  }
}
