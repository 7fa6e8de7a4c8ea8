package io.pulzar.mcp;

import io.micronaut.json.tree.JsonNode;
import io.pulzar.http.ApiException;
import io.pulzar.jobs.JobCalls;
import io.pulzar.rights.Identity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

/** The server's own tools: what became of a job, and its log. */
final class JobTools {

  static final String JOB = ToolName.OWN + "job";
  static final String LOG = ToolName.OWN + "job_log";

  private static final String ID = "job_id";
  private static final String WAIT = "wait_seconds";
  private static final String OFFSET = "offset";

  private final JobCalls jobs;
  private final ToolAnswer answers;
  private final Duration longestWait;
  private final ExecutorService threads;

  /**
   * @param threads what reads the disk runs on them
   */
  JobTools(JobCalls jobs, ToolAnswer answers, Duration longestWait, ExecutorService threads) {
    this.jobs = jobs;
    this.answers = answers;
    this.longestWait = longestWait;
    this.threads = threads;
  }

  List<Map<String, Object>> list() {
    Map<String, Object> job = new LinkedHashMap<>();
    job.put(ID, whole("The job's number.", 1));
    Map<String, Object> log = new LinkedHashMap<>(job);
    job.put(
        WAIT,
        Map.of(
            "type",
            "number",
            "minimum",
            0,
            "maximum",
            longestWait.toSeconds(),
            "description",
            "How long to wait for its end."));
    log.put(OFFSET, whole("Where to go on: next_offset of the answer before.", 0));
    return List.of(
        tool(JOB, "What became of a job: its state, result, output and error.", job),
        tool(LOG, "What a job has logged so far, in parts.", log));
  }

  boolean has(String tool) {
    return tool.equals(JOB) || tool.equals(LOG);
  }

  /**
   * @throws ApiException when the arguments are not those of the tool, or there is no such job that
   *     the caller may see
   */
  CompletionStage<Map<String, Object>> call(Identity caller, String tool, JsonNode arguments) {
    long job = number(arguments, ID, -1, Long.MAX_VALUE).longValue();
    if (tool.equals(LOG)) {
      int offset = number(arguments, OFFSET, 0, Integer.MAX_VALUE).intValue();
      return CompletableFuture.supplyAsync(
          () -> answers.log(job, jobs.log(caller, job).orElseThrow(() -> noSuchJob(job)), offset),
          threads);
    }
    Duration wait =
        Duration.ofMillis(
            number(arguments, WAIT, 0, longestWait.toSeconds())
                .multiply(BigDecimal.valueOf(1_000))
                .longValue());
    return wait.isZero() ? now(caller, job) : afterWaiting(caller, job, wait);
  }

  private CompletionStage<Map<String, Object>> now(Identity caller, long job) {
    return CompletableFuture.supplyAsync(() -> told(caller, job), threads);
  }

  /** What became of a job that the caller may see, once it ended or after {@code wait}. */
  CompletionStage<Map<String, Object>> afterWaiting(Identity caller, long job, Duration wait) {
    return CompletableFuture.supplyAsync(() -> jobs.find(caller, job), threads)
        .thenCompose(
            found -> {
              if (found.isEmpty()) {
                throw noSuchJob(job);
              }
              return jobs.whenEnded(job, wait);
            })
        .thenApplyAsync(ended -> told(caller, job), threads);
  }

  private Map<String, Object> told(Identity caller, long job) {
    return answers.of(jobs.find(caller, job).orElseThrow(() -> noSuchJob(job)));
  }

  private static ApiException noSuchJob(long job) {
    return ApiException.notFound("job_not_found", "no job with id " + job);
  }

  private static BigDecimal number(JsonNode arguments, String name, long usual, long most) {
    JsonNode value = arguments.get(name);
    if (value == null || value.isNull()) {
      if (usual >= 0) {
        return BigDecimal.valueOf(usual);
      }
      throw ApiException.badRequest("bad_parameters", name + " is missing");
    }
    try {
      // Models write numbers as texts now and then.
      BigDecimal number = new BigDecimal(value.coerceStringValue());
      if (number.signum() >= 0 && number.compareTo(BigDecimal.valueOf(most)) <= 0) {
        return number;
      }
    } catch (IllegalStateException | NumberFormatException e) {
      throw notANumber(name, most);
    }
    throw notANumber(name, most);
  }

  private static ApiException notANumber(String name, long most) {
    return ApiException.badRequest("bad_parameters", name + " must be a number from 0 to " + most);
  }

  private static Map<String, Object> whole(String description, int least) {
    return Map.of("type", "integer", "minimum", least, "description", description);
  }

  private static Map<String, Object> tool(
      String name, String description, Map<String, Object> properties) {
    Map<String, Object> tool = new LinkedHashMap<>();
    tool.put("name", name);
    tool.put("description", description);
    tool.put("inputSchema", ToolSchema.object(properties, List.of(ID), false));
    tool.put("annotations", Map.of("readOnlyHint", true));
    return tool;
  }
}
