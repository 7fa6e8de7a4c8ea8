package io.pulzar.cluster;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.polyglot.ScriptRuntime;
import io.pulzar.polyglot.WorkerStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One worker process of a node, and what it runs.
 *
 * <p>Of what is no job (an extension, a text process, a test run) only that there is something is
 * told: its name is for those who may see it, and nobody here knows who that is.
 *
 * @param process its id
 * @param runtime the kind of Python
 * @param state starting, idle, busy or leaving
 * @param job that it runs
 * @param runs how many it has ended
 * @param memoryBytes what it occupies; 0 when unknown
 */
@Serdeable
record NodeWorker(
    long process,
    String runtime,
    String state,
    @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Long job,
    int runs,
    @JsonProperty("memory_bytes") long memoryBytes) {

  private static final Pattern JOB = Pattern.compile("job (\\d+)");

  /** All of a node, of all kinds of Python. */
  static List<NodeWorker> of(PythonRuntime python) {
    List<NodeWorker> all = new ArrayList<>();
    new TreeMap<>(python.workers())
        .forEach((kind, workers) -> workers.forEach(worker -> all.add(of(kind, worker))));
    return List.copyOf(all);
  }

  private static NodeWorker of(ScriptRuntime kind, WorkerStatus worker) {
    return new NodeWorker(
        worker.process(),
        word(kind),
        word(worker.state()),
        worker.run().map(NodeWorker::job).orElse(null),
        worker.runs(),
        worker.memoryBytes());
  }

  private static @Nullable Long job(String run) {
    Matcher job = JOB.matcher(run);
    return job.matches() ? Long.valueOf(job.group(1)) : null;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
