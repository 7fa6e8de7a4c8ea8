package io.pulzar.jobs;

import static io.pulzar.jobs.JobTables.TRACES;

import io.pulzar.jobs.JobState.Ended;
import io.pulzar.storage.Database;
import io.pulzar.tracing.Tracing;
import io.pulzar.tracing.Tracing.Origin;
import io.pulzar.tracing.Tracing.Span;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The traces that jobs stand in, for as long as the jobs are kept. Where nobody wants spans,
 * nothing is written or read.
 */
final class JobTraces {

  private final Database database;
  private final Tracing tracing;

  JobTraces(Database database, Tracing tracing) {
    this.database = database;
    this.tracing = tracing;
  }

  /**
   * A job is on the disk and goes into the queue next.
   *
   * @param request where the span of the request stands that asked for it; without one, the job
   *     begins a trace
   * @return completes when it is known which trace is its
   */
  CompletionStage<?> begin(JobRecord job, Optional<String> request) {
    Optional<String> parent = request.or(() -> own(job));
    return parent.isEmpty()
        ? CompletableFuture.completedStage(job)
        : database.write(
            tx -> {
              tx.put(TRACES, job.id(), parent.get());
              return job;
            });
  }

  private Optional<String> own(JobRecord job) {
    return tracing
        .begin("job", Origin.OWN, Optional.empty())
        .map(
            begun -> {
              begun.end(attributes(job), false);
              return begun.traceparent();
            });
  }

  /** The number of the trace that a job stands in. */
  Optional<String> of(long job) {
    return parent(job).flatMap(Tracing::traceOf);
  }

  private Optional<String> parent(long job) {
    return tracing.on() ? database.read(tx -> tx.get(TRACES, job)) : Optional.empty();
  }

  /** A job is over: its time in the queue and its run are told. */
  void ended(JobRecord job) {
    if (job.state() instanceof Ended ended) {
      parent(job.id()).ifPresent(parent -> tell(parent, job, ended));
    }
  }

  private void tell(String parent, JobRecord job, Ended ended) {
    Map<String, Object> attributes = attributes(job);
    Instant left = ended.started().orElse(ended.at());
    tracing.add(parent, new Span("queue", job.created(), left, attributes, Optional.empty()));
    if (ended.started().isPresent()) {
      Map<String, Object> ofRun = new LinkedHashMap<>(attributes);
      ofRun.put("pulzar.job.state", job.state().word());
      ofRun.put("pulzar.attempt", job.attempts().number());
      ended.node().ifPresent(node -> ofRun.put("pulzar.node", node));
      tracing.add(parent, new Span("run", left, ended.at(), ofRun, ended.error()));
    }
  }

  private static Map<String, Object> attributes(JobRecord job) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("pulzar.job.id", job.id());
    attributes.put("pulzar.script", job.submission().path());
    return attributes;
  }
}
