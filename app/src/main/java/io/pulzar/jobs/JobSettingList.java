package io.pulzar.jobs;

import io.pulzar.polyglot.Isolation;
import io.pulzar.settings.Setting;
import java.time.Duration;
import java.util.List;

/** What an operator can choose about jobs. */
public final class JobSettingList {

  static final Setting<Integer> QUEUE =
      Setting.whole(
          "pulzar.jobs.queue", 10_000, 1, 1_000_000, "How many jobs may wait; more are refused.");
  static final Setting<Long> PARAMETERS =
      Setting.size("pulzar.jobs.parameters", "1MB", "The largest parameters of one job.");
  static final Setting<Duration> LONGEST_WAIT =
      Setting.duration(
          "pulzar.jobs.longest-wait", "5m", "The longest that ?wait= waits for a job's end.");
  static final Setting<Integer> IDEMPOTENCY_KEYS =
      Setting.whole(
          "pulzar.jobs.idempotency-keys",
          100_000,
          1,
          10_000_000,
          "How many idempotency keys are remembered, each for a day.");
  static final Setting<Integer> HISTORY =
      Setting.whole(
          "pulzar.jobs.history",
          100_000,
          1,
          100_000_000,
          "How many ended jobs are kept; the oldest go first. Their age is bounded by"
              + " pulzar.general.retention-policy.");
  static final Setting<Duration> LEASE =
      Setting.duration(
          "pulzar.jobs.lease",
          "15s",
          "A node that is silent for so long has lost its jobs; they start elsewhere.");
  static final Setting<Integer> LOSSES =
      Setting.whole(
          "pulzar.jobs.losses",
          3,
          0,
          1_000,
          "How often a job is started again because its node was lost, before it fails.");
  static final Setting<Duration> RETRY_DELAY =
      Setting.duration(
          "pulzar.jobs.retry-delay",
          "1s",
          "The pause before the first retry of a failed job; it doubles with each further one.");
  static final Setting<Duration> LONGEST_RETRY_DELAY =
      Setting.duration("pulzar.jobs.longest-retry-delay", "5m", "Where the doubling stops.");
  static final Setting<Integer> RETRIES =
      Setting.whole(
          "pulzar.jobs.retries",
          0,
          0,
          100,
          "How often a failed job is tried again, unless its docstring says Retries: n.");
  static final Setting<Duration> TIMEOUT =
      Setting.duration(
          "pulzar.jobs.timeout",
          "1h",
          "How long a job may run, unless its docstring says Timeout: 30s.");
  static final Setting<Duration> LONGEST_TIMEOUT =
      Setting.duration("pulzar.jobs.longest-timeout", "7d", "The most that a docstring gets.");
  static final Setting<Long> MEMORY =
      Setting.size(
          "pulzar.jobs.memory",
          "256MB",
          "How much memory a job may use, unless its docstring says Memory: 512MB.");
  static final Setting<Long> LARGEST_MEMORY =
      Setting.size("pulzar.jobs.largest-memory", "2GB", "The most that a docstring gets.");
  static final Setting<Long> OUTPUT =
      Setting.size("pulzar.jobs.output", "10MB", "How much log and output one run may write.");
  public static final Setting<Long> RESULT =
      Setting.size(
          "pulzar.jobs.result", "1MB", "How much JSON a job may return; set it on the nodes.");
  static final Setting<Boolean> NETWORK =
      Setting.flag(
          "pulzar.jobs.network",
          true,
          "Whether jobs may use the network, unless their docstring says Network: off.");
  static final Setting<Isolation> ISOLATION =
      Setting.choice(
          "pulzar.jobs.isolation",
          Isolation.CLEAN,
          "How much state may survive from one run of a script to the next.");

  public static final List<Setting<?>> ALL =
      List.of(
          QUEUE,
          PARAMETERS,
          LONGEST_WAIT,
          IDEMPOTENCY_KEYS,
          HISTORY,
          LEASE,
          LOSSES,
          RETRY_DELAY,
          LONGEST_RETRY_DELAY,
          RETRIES,
          TIMEOUT,
          LONGEST_TIMEOUT,
          MEMORY,
          LARGEST_MEMORY,
          OUTPUT,
          RESULT,
          NETWORK,
          ISOLATION);

  private JobSettingList() {}
}
