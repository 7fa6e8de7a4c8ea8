package io.pulzar.jobs;

import static io.pulzar.jobs.JobTables.TRACES;

import io.pulzar.jobs.AskedCalls.AskedCall;
import io.pulzar.jobs.JobOperations.Finish;
import io.pulzar.jobs.JobState.Ended;
import io.pulzar.storage.Database;
import io.pulzar.tracing.Tracing;
import io.pulzar.tracing.Tracing.Origin;
import io.pulzar.tracing.Tracing.Span;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * The traces that jobs stand in, for as long as the jobs are kept. Where nobody wants spans,
 * nothing is written or read.
 */
final class JobTraces {

  private static final AskedCalls NOTHING = new AskedCalls(0, List.of());

  private final Database database;
  private final Tracing tracing;
  private final ConcurrentMap<Long, AskedCalls> asked = new ConcurrentHashMap<>();

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

  /**
   * Keeps what an attempt asked of its server while its end is stored: if the job is over by that,
   * it is told with the run.
   *
   * @param end stores the end
   */
  <T> CompletionStage<T> during(Finish finish, Function<Finish, CompletionStage<T>> end) {
    if (!tracing.on() || finish.asked().isEmpty()) {
      return end.apply(finish);
    }
    long job = finish.attempt().job();
    asked.put(job, finish.asked().get());
    return end.apply(finish).whenComplete((_, _) -> asked.remove(job));
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
      AskedCalls calls = asked.getOrDefault(job.id(), NOTHING);
      if (calls.all() > 0) {
        ofRun.put("pulzar.calls", calls.all());
      }
      String run = tracing.add(parent, new Span("run", left, ended.at(), ofRun, ended.error()));
      calls.first().forEach(call -> tracing.add(run, span(call, left, ended.at())));
    }
  }

  /** Within the run, however the node measured. */
  private static Span span(AskedCall call, Instant began, Instant over) {
    Instant from = earlier(began.plus(call.afterMicros(), ChronoUnit.MICROS), over);
    Instant to = earlier(from.plus(call.tookMicros(), ChronoUnit.MICROS), over);
    return new Span(call.name(), from, to, Map.of(), call.error());
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Map<String, Object> attributes(JobRecord job) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("pulzar.job.id", job.id());
    attributes.put("pulzar.script", job.submission().path());
    return attributes;
  }
}
