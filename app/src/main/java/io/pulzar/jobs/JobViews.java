package io.pulzar.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.http.Excerpt;
import io.pulzar.http.Times;
import io.pulzar.jobs.JobState.Ended;
import io.pulzar.jobs.JobState.Pending;
import io.pulzar.jobs.JobState.Running;
import io.pulzar.rights.OfScript;
import io.pulzar.scripts.ScriptDocumentation;
import io.pulzar.scripts.Scripts;
import io.pulzar.storage.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jobs as clients see them. Absent texts are {@code na}, as in the original. */
final class JobViews {

  static final String ABSENT = "na";

  /** In lists, in characters. */
  private static final int MOST_PARAMETERS = 2_048;

  private static final int MOST_ERROR = 500;

  /** Numbers of the original. */
  private static final int PENDING = 0;

  private static final int COMPLETED = 1;
  private static final int FAILED = 2;

  private JobViews() {}

  /** Only the id. */
  @Serdeable
  record Launched(@JsonProperty("job_id") long jobId) {}

  @Serdeable
  record State(String job, String status, String state) {}

  /** What {@code filter=state} asks for, as the original answered it. */
  @Serdeable
  record Status(String job, String status) {}

  /**
   * One line of a list.
   *
   * @param parameters their beginning; {@code admin/jobs/{id}} has all
   * @param parametersCut whether there are more
   * @param status a number in {@code admin/jobs}, a word of three in {@code admin/all_jobs}
   * @param state the word of five
   */
  @Serdeable
  record Row(
      @JsonProperty("job_id") long jobId,
      @JsonProperty("job_name") String jobName,
      @JsonProperty("job_path") String jobPath,
      String parameters,
      @JsonProperty("parameters_cut") boolean parametersCut,
      String node,
      @JsonProperty("creation_time") String creationTime,
      Object status,
      String state)
      implements OfScript {}

  /**
   * One line of {@code admin/all_jobs}.
   *
   * @param time seconds from start to end, or to now
   * @param error its beginning; null unless it failed
   * @param schedule the schedule that started it; null: a request did
   */
  @Serdeable
  record Found(
      @JsonProperty("job_id") long jobId,
      @JsonProperty("job_name") String jobName,
      @JsonProperty("job_path") String jobPath,
      String parameters,
      @JsonProperty("parameters_cut") boolean parametersCut,
      String node,
      @JsonProperty("creation_time") String creationTime,
      String status,
      String state,
      @Nullable String started,
      @Nullable String ended,
      @Nullable Double time,
      @JsonProperty("peak_memory") @Nullable Long peakMemory,
      @Nullable String error,
      int attempt,
      @Nullable Long schedule)
      implements OfScript {}

  @Serdeable
  record Lists(List<Row> pendings, List<Row> ready, List<Row> failed, List<?> scheduled) {}

  /**
   * Everything about one job; {@code time} and {@code log} are {@code na} while it waits.
   *
   * @param status a word of three, {@code state} one of five
   * @param result what it returned
   * @param waiting why it can't start now; null when it can, or has
   * @param traceId the trace that it stands in; null where there are none
   */
  @Serdeable
  record Details(
      String job,
      String log,
      Object time,
      String status,
      String state,
      @Nullable JsonNode result,
      String output,
      @JsonProperty("job_path") String jobPath,
      @JsonProperty("job_name") String jobName,
      String parameters,
      String node,
      @Nullable String waiting,
      int attempt,
      String created,
      @Nullable String started,
      @Nullable String ended,
      @Nullable String error,
      @Nullable Used usage,
      List<StoredFile> files,
      @Nullable Long schedule,
      @JsonProperty("trace_id") @JsonInclude(JsonInclude.Include.NON_NULL)
          @Nullable String traceId) {}

  /** What the job stored; {@code size} in bytes. */
  @Serdeable
  record StoredFile(String key, String url, long size, String date) {

    static StoredFile of(StoredData.StoredFile file) {
      return new StoredFile(file.key(), file.url(), file.size(), Times.utc(file.stored()));
    }
  }

  /** What the last attempt used, in seconds and bytes. */
  @Serdeable
  record Used(
      @JsonProperty("queue_wait") double queueWait,
      @JsonProperty("run_time") double runTime,
      @JsonProperty("cpu_time") double cpuTime,
      @JsonProperty("peak_memory") long peakMemory) {}

  /**
   * A script as its documentation describes it.
   *
   * @param nodes which nodes have it; null where that was not asked
   * @param cut whether a text goes on, in {@code admin/scripts/PATH}; null where none does
   */
  @Serdeable
  record Script(
      String path,
      String description,
      String args,
      String category,
      String author,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> nodes,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean cut)
      implements OfScript {

    @Override
    public String jobPath() {
      return path;
    }
  }

  static State state(JobRecord job) {
    return new State(Long.toString(job.id()), job.state().oldWord(), job.state().word());
  }

  static Status status(JobRecord job) {
    return new Status(Long.toString(job.id()), job.state().oldWord());
  }

  static Row numbered(ListedJob job) {
    return row(
        job,
        switch (job.job().state()) {
          case Pending waiting -> PENDING;
          case Running under -> PENDING;
          case Ended over -> over.end() == JobState.End.COMPLETED ? COMPLETED : FAILED;
        });
  }

  static Row worded(ListedJob job) {
    return row(job, job.job().state().oldWord());
  }

  static Found found(JobRecord job, Instant now) {
    Submission submission = job.submission();
    Optional<Ended> over =
        job.state() instanceof Ended ended ? Optional.of(ended) : Optional.empty();
    Optional<Instant> started = started(job.state());
    Instant until = over.map(Ended::at).orElse(now);
    return new Found(
        job.id(),
        submission.name(),
        submission.path(),
        cut(submission.shownParameters(), MOST_PARAMETERS),
        submission.shownParameters().length() > MOST_PARAMETERS,
        node(job.state()),
        Times.utc(job.created()),
        job.state().oldWord(),
        job.state().word(),
        started.map(Times::utc).orElse(null),
        over.map(ended -> Times.utc(ended.at())).orElse(null),
        started.map(from -> seconds(Duration.between(from, until))).orElse(null),
        over.flatMap(Ended::usage).map(RunUsage::peakBytes).orElse(null),
        over.flatMap(Ended::error).map(error -> cut(error, MOST_ERROR)).orElse(null),
        job.attempts().number(),
        submission.schedule().orElse(null));
  }

  private static String cut(String text, int most) {
    return text.length() > most ? text.substring(0, most) : text;
  }

  /**
   * @param bytes how long each text may be
   */
  static Script script(Scripts.Entry entry, boolean withNodes, int bytes) {
    ScriptDocumentation documentation = entry.documentation();
    Excerpt description = Excerpt.of(documentation.description(), bytes);
    Excerpt arguments = Excerpt.of(documentation.arguments(), bytes);
    Excerpt category = Excerpt.of(documentation.category(), bytes);
    Excerpt author = Excerpt.of(documentation.author(), bytes);
    boolean cut = description.cut() || arguments.cut() || category.cut() || author.cut();
    return new Script(
        entry.path(),
        description.text(),
        arguments.text(),
        category.text(),
        author.text(),
        withNodes ? entry.nodes() : null,
        cut ? true : null);
  }

  static Details details(
      JobRecord job,
      List<Entry<OutputChunkKey, OutputChunk>> pieces,
      List<StoredData.StoredFile> files,
      Optional<JsonNode> result,
      Optional<String> waiting,
      Optional<String> trace,
      Instant now) {
    boolean waits = job.state().waits();
    Optional<Instant> started = started(job.state());
    Optional<Ended> ended =
        job.state() instanceof Ended over ? Optional.of(over) : Optional.empty();
    Instant until = ended.map(Ended::at).orElse(now);
    return new Details(
        Long.toString(job.id()),
        waits ? ABSENT : log(pieces),
        waits ? ABSENT : started.map(from -> seconds(Duration.between(from, until))).orElse(0.0),
        job.state().oldWord(),
        job.state().word(),
        result.orElse(null),
        output(pieces),
        job.submission().path(),
        job.submission().name(),
        job.submission().shownParameters(),
        node(job.state()),
        waiting.orElse(null),
        job.attempts().number(),
        Times.utc(job.created()),
        started.map(Times::utc).orElse(null),
        ended.map(over -> Times.utc(over.at())).orElse(null),
        ended.flatMap(Ended::error).orElse(null),
        ended.flatMap(Ended::usage).map(JobViews::used).orElse(null),
        files.stream().map(StoredFile::of).toList(),
        job.submission().schedule().orElse(null),
        trace.orElse(null));
  }

  static String log(List<Entry<OutputChunkKey, OutputChunk>> pieces) {
    StringBuilder log = new StringBuilder();
    pieces.forEach(piece -> log.append(piece.value().log()));
    return log.toString();
  }

  /** The output of the last attempt that wrote: what an earlier one produced does not count. */
  static String output(List<Entry<OutputChunkKey, OutputChunk>> pieces) {
    if (pieces.isEmpty()) {
      return "";
    }
    int last = pieces.getLast().key().attempt();
    List<String> parts = new ArrayList<>();
    for (Entry<OutputChunkKey, OutputChunk> piece : pieces) {
      if (piece.key().attempt() == last) {
        parts.addAll(piece.value().output());
      }
    }
    return String.join("\n", parts);
  }

  private static Row row(ListedJob listed, Object status) {
    JobRecord job = listed.job();
    return new Row(
        job.id(),
        job.submission().name(),
        job.submission().path(),
        job.submission().shownParameters(),
        listed.parametersCut(),
        node(job.state()),
        Times.utc(job.created()),
        status,
        job.state().word());
  }

  static String node(JobState state) {
    return switch (state) {
      case Pending waiting -> ABSENT;
      case Running running -> running.lessee().node();
      case Ended ended -> ended.node().orElse(ABSENT);
    };
  }

  private static Optional<Instant> started(JobState state) {
    return switch (state) {
      case Pending waiting -> Optional.empty();
      case Running running -> Optional.of(running.started());
      case Ended ended -> ended.started();
    };
  }

  private static Used used(RunUsage usage) {
    return new Used(
        usage.queuedMillis() / 1000.0,
        usage.ranMillis() / 1000.0,
        usage.cpuMillis() / 1000.0,
        usage.peakBytes());
  }

  private static double seconds(Duration duration) {
    return Math.max(0, duration.toMillis()) / 1000.0;
  }
}
