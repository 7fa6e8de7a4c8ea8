package io.pulzar.mcp;

import io.micronaut.json.JsonMapper;
import io.pulzar.http.ApiException;
import io.pulzar.http.Excerpt;
import io.pulzar.jobs.JobCalls.Told;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a tool's call is answered with: a document, for programs and, as its text, for models. */
final class ToolAnswer {

  private final JsonMapper json;
  private final int bytes;

  /**
   * @param bytes of each text at most
   */
  ToolAnswer(JsonMapper json, int bytes) {
    this.json = json;
    this.bytes = bytes;
  }

  /** What became of a job; an error when it failed or was canceled. */
  Map<String, Object> of(Told job) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("job_id", job.id());
    document.put("script", job.script());
    document.put("state", job.state());
    document.put("created", job.created());
    job.started().ifPresent(at -> document.put("started", at));
    job.endedAt().ifPresent(at -> document.put("ended", at));
    job.result()
        .ifPresent(
            result -> {
              String text = written(result);
              if (Excerpt.of(text, bytes).cut()) {
                document.put("result_cut", Excerpt.of(text, bytes).text());
              } else {
                document.put("result", result);
              }
            });
    if (!job.output().isEmpty()) {
      put(document, "output", job.output());
    }
    job.error().ifPresent(error -> put(document, "error", error));
    job.waiting().ifPresent(why -> document.put("waiting", why));
    if (!job.ended()) {
      document.put(
          "next",
          "It goes on. Call "
              + JobTools.JOB
              + " with this job_id to wait for its end, or "
              + JobTools.LOG
              + " for what it has logged.");
    }
    return answer(document, job.ended() && !job.state().equals("completed"));
  }

  /**
   * A part of a job's log.
   *
   * @param offset where in it the part begins, in characters
   */
  Map<String, Object> log(long job, String log, int offset) {
    int from = Math.min(offset, log.length());
    if (from > 0 && from < log.length() && Character.isLowSurrogate(log.charAt(from))) {
      from--;
    }
    Excerpt part = Excerpt.of(log.substring(from), bytes);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("job_id", job);
    document.put("log", part.text());
    document.put("next_offset", from + part.text().length());
    document.put("more", part.cut());
    return answer(document, false);
  }

  /** Why nothing was done, for the model to do better. */
  Map<String, Object> refusal(ApiException refusal) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("code", refusal.code());
    put(document, "error", refusal.getMessage());
    return answer(document, true);
  }

  private void put(Map<String, Object> document, String name, String text) {
    Excerpt part = Excerpt.of(text, bytes);
    document.put(name, part.text());
    if (part.cut()) {
      document.put(name + "_cut", true);
    }
  }

  private Map<String, Object> answer(Map<String, Object> document, boolean isError) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("content", List.of(Map.of("type", "text", "text", written(document))));
    answer.put("structuredContent", document);
    answer.put("isError", isError);
    return answer;
  }

  private String written(Object document) {
    try {
      return json.writeValueAsString(document);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
