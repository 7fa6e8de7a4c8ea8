package io.pulzar.jobs;

import io.pulzar.jobs.JobState.Ended;
import io.pulzar.jobs.JobState.Pending;
import io.pulzar.jobs.JobState.Running;
import io.pulzar.storage.KeyForm;
import io.pulzar.storage.Table;
import io.pulzar.storage.ValueForm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** What is on the master's disk about jobs. */
final class JobTables {

  /** The lists that clients ask for. Their numbers are part of the format, lowest first. */
  enum Kind {
    PENDING(0),
    RUNNING(1),
    COMPLETED(2),
    FAILED(3),
    CANCELED(4);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    static Kind numbered(int number) {
      for (Kind kind : values()) {
        if (kind.number == number) {
          return kind;
        }
      }
      throw new IllegalStateException(
          "a job of kind " + number + " was stored by a newer version: run that version");
    }

    static Kind of(JobState state) {
      return switch (state) {
        case Pending waiting -> PENDING;
        case Running under -> RUNNING;
        case Ended over ->
            switch (over.end()) {
              case COMPLETED -> COMPLETED;
              case FAILED -> FAILED;
              case CANCELED -> CANCELED;
            };
      };
    }
  }

  record KindKey(Kind kind, long job) {}

  /**
   * A script's runs lie together.
   *
   * @param script a hash of its path, which may be longer than a key; who reads compares the path
   */
  record ScriptKey(long script, long job) {

    private static final long PRIME = 0x100000001b3L;
    private static final long BASIS = 0xcbf29ce484222325L;

    /** By FNV-1a, whose value is part of the format. */
    static ScriptKey of(String path, long job) {
      long hash = BASIS;
      for (byte next : path.getBytes(StandardCharsets.UTF_8)) {
        hash = (hash ^ (next & 0xff)) * PRIME;
      }
      return new ScriptKey(hash & Long.MAX_VALUE, job);
    }
  }

  record EndKey(Instant at, long job) {}

  /** The first use of an idempotency key: the number it got, of a job or of a schedule. */
  record FirstUse(long job, Instant at) {}

  record UseKey(Instant at, String key) {}

  static final Table<Long, JobRecord> JOBS =
      new Table<>("jobs", KeyForm.number(), JobForms.JOB).withChecksums();

  static final Table<KindKey, ValueForm.Present> BY_KIND =
      new Table<>(
          "jobs_by_kind",
          KeyForm.of(
              (key, out) -> out.small(key.kind().number).number(key.job()),
              in -> new KindKey(Kind.numbered(in.small()), in.number())),
          ValueForm.present());

  static final Table<ScriptKey, ValueForm.Present> BY_SCRIPT =
      new Table<>(
          "jobs_by_script",
          KeyForm.of(
              (key, out) -> out.number(key.script()).number(key.job()),
              in -> new ScriptKey(in.number(), in.number())),
          ValueForm.present());

  static final Table<EndKey, ValueForm.Present> BY_END =
      new Table<>(
          "jobs_by_end",
          KeyForm.of(
              (key, out) -> out.moment(key.at()).number(key.job()),
              in -> new EndKey(in.moment(), in.number())),
          ValueForm.present());

  static final Table<OutputChunkKey, OutputChunk> PIECES =
      new Table<>("pieces", JobForms.PIECE_KEY, JobForms.PIECE).withChecksums();

  /** What completed jobs returned, as JSON. */
  static final Table<Long, String> RESULTS =
      new Table<>(
          "results",
          KeyForm.number(),
          ValueForm.fields((json, out) -> out.text(json), in -> in.text()));

  /** Where the spans of jobs stand, as W3C's {@code traceparent}; of those that have any. */
  static final Table<Long, String> TRACES =
      new Table<>(
          "traces",
          KeyForm.number(),
          ValueForm.fields((parent, out) -> out.text(parent), in -> in.text()));

  static final Table<String, FirstUse> IDEMPOTENCY =
      new Table<>(
          "idempotency",
          KeyForm.text(),
          ValueForm.fields(
              (use, out) -> out.number(use.job()).moment(use.at()),
              in -> new FirstUse(in.number(), in.moment())));

  static final Table<UseKey, ValueForm.Present> IDEMPOTENCY_BY_AGE =
      new Table<>(
          "idempotency_by_age",
          KeyForm.of(
              (key, out) -> out.moment(key.at()).lastText(key.key()),
              in -> new UseKey(in.moment(), in.lastText())),
          ValueForm.present());

  static final Table<String, Long> COUNTERS =
      new Table<>("counters", KeyForm.text(), ValueForm.number());

  static final String LAST_ID = "last_id";
  static final String LIFE = "life";

  static final List<Table<?, ?>> ALL =
      List.of(
          JOBS,
          BY_KIND,
          BY_SCRIPT,
          BY_END,
          PIECES,
          RESULTS,
          TRACES,
          IDEMPOTENCY,
          IDEMPOTENCY_BY_AGE,
          COUNTERS);

  private JobTables() {}
}
