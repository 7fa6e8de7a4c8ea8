package io.pulzar.jobs;

import io.pulzar.http.ApiException;
import io.pulzar.scripts.ScriptDocumentation;
import io.pulzar.scripts.Scripts;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Accepts jobs, cancels them and waits for them: the way in for requests, reruns and schedules.
 *
 * <p>Threading: safe for any thread. Nothing here waits; stages complete on the storage's thread.
 */
public final class JobRequests {

  private static final int LONGEST_IDEMPOTENCY_KEY = 255;

  private final JobStore store;
  private final Dispatcher dispatcher;
  private final JobSignals signals;
  private final Scripts scripts;
  private final Optional<StoredData> storedData;
  private final Clock clock;
  private final int queue;
  private final JobCounters counters;
  private final ParameterCheck parameterCheck;
  private final JobTraces traces;

  /** Acceptances whose jobs are not in the queue yet: they count against its bound too. */
  private final AtomicInteger arriving = new AtomicInteger();

  JobRequests(
      JobStore store,
      Dispatcher dispatcher,
      JobSignals signals,
      Scripts scripts,
      Optional<StoredData> storedData,
      Clock clock,
      int queue,
      JobCounters counters,
      ParameterCheck parameterCheck,
      JobTraces traces) {
    this.store = store;
    this.dispatcher = dispatcher;
    this.signals = signals;
    this.scripts = scripts;
    this.storedData = storedData;
    this.clock = clock;
    this.queue = queue;
    this.counters = counters;
    this.parameterCheck = parameterCheck;
    this.traces = traces;
  }

  /**
   * Makes a submission for a script that exists, placed where its data is, with its secret
   * parameters sealed.
   *
   * @param path without {@code .py}
   * @param parameters a JSON object
   * @param data the key of a stored value that the script reads
   * @param schedule the schedule that starts it
   * @throws ApiException 404 when there is no such script or key; 400 when its limits can't be read
   *     for certain, or the parameters are not those that it takes
   */
  public Submission prepare(
      String path, String parameters, Optional<String> data, Optional<Long> schedule) {
    ScriptDocumentation script = scripts.find(path).orElseThrow(() -> Refusals.noSuchScript(path));
    if (!script.problems().isEmpty()) {
      throw Refusals.limitsNotRead(path, script.problems());
    }
    String stored = parameterCheck.check(path, script, parameters);
    Optional<String> node = data.flatMap(this::nodeHolding).or(() -> script.wishes().node());
    return new Submission(path, stored, data, node, schedule);
  }

  /**
   * Accepts a job.
   *
   * @return its id once it is on the disk, from where nothing loses it; or the id of the first job
   *     with the same key
   * @throws ApiException 429 when the queue is full; the stage fails with 422 when the first job
   *     with the key has another script or other parameters
   */
  public CompletionStage<Long> submit(Submission submission, Optional<String> idempotencyKey) {
    return submit(submission, idempotencyKey, Optional.empty());
  }

  /**
   * The same for a request whose span stands there.
   *
   * @param span as W3C's {@code traceparent}
   */
  CompletionStage<Long> submit(
      Submission submission, Optional<String> idempotencyKey, Optional<String> span) {
    idempotencyKey.ifPresent(JobRequests::checkKey);
    if (dispatcher.pending() + arriving.incrementAndGet() > queue) {
      arriving.decrementAndGet();
      throw queueFull();
    }
    return store
        .accept(submission, idempotencyKey, clock.instant())
        .whenComplete((accepted, failure) -> arriving.decrementAndGet())
        .thenApply(
            accepted -> {
              accepted
                  .started()
                  .ifPresentOrElse(
                      job -> start(job, span), () -> requireSame(accepted.id(), submission));
              return accepted.id();
            });
  }

  /** A key stands for one wish: with another one its client has mixed something up. */
  private void requireSame(long first, Submission again) {
    store
        .find(first)
        .map(JobRecord::submission)
        .filter(known -> !known.isSameWish(again))
        .ifPresent(
            other -> {
              throw Refusals.idempotencyKeyReused(first);
            });
  }

  /**
   * The submission of a run whose time has come. It is placed like that of {@link #prepare}, but
   * nothing is refused: without its script or its data the run fails, and says so where its author
   * looks.
   */
  public Submission prepareRun(
      String path, String parameters, Optional<String> data, long schedule) {
    Optional<String> node =
        data.flatMap(key -> storedData.flatMap(all -> all.find(key)))
            .flatMap(StoredData.Holder::node)
            .or(() -> scripts.find(path).flatMap(script -> script.wishes().node()));
    return new Submission(path, parameters, data, node, Optional.of(schedule));
  }

  /** How many more jobs the queue takes. */
  int room() {
    return Math.max(0, queue - dispatcher.pending() - arriving.get());
  }

  ApiException queueFull() {
    return Refusals.queueFull(queue);
  }

  /**
   * Runs a job again, as a new one.
   *
   * @throws ApiException 404 when the job, its script or its data are gone
   */
  CompletionStage<Long> rerun(long id, Optional<String> span) {
    Submission first = existing(id).submission();
    return submit(
        prepare(first.path(), first.parameters(), first.data(), Optional.empty()),
        Optional.empty(),
        span);
  }

  /**
   * Stops a job; a running one a little later.
   *
   * @return completes when the wish is on the disk; fails with 404 or 409
   */
  CompletionStage<JobRecord> cancel(long id) {
    return dispatcher
        .cancel(id)
        .thenApply(
            changed -> changed.orElseThrow(() -> Refusals.ended(id, existing(id).state().word())));
  }

  /** Completes when the job ended, or with its state then after {@code limit}. */
  CompletionStage<JobRecord> whenEnded(long id, Duration limit) {
    CompletableFuture<Optional<JobRecord>> ended = new CompletableFuture<>();
    JobSignals.Listening listening = signals.listen(id, job -> ended.complete(Optional.of(job)));
    Optional<JobRecord> now = store.find(id);
    if (now.isEmpty() || now.get().state() instanceof JobState.Ended) {
      ended.complete(now);
    }
    return ended
        .completeOnTimeout(Optional.empty(), limit.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((job, failure) -> listening.close())
        .thenApply(job -> job.orElseGet(() -> existing(id)));
  }

  Optional<JobRecord> find(long id) {
    return store.find(id);
  }

  JobRecord existing(long id) {
    return find(id).orElseThrow(() -> Refusals.noSuchJob(Long.toString(id)));
  }

  /** A job is on the disk: puts it into the queue. */
  void start(JobRecord job) {
    start(job, Optional.empty());
  }

  /** The trace is known first, since the lease names it; without it the job runs all the same. */
  private void start(JobRecord job, Optional<String> span) {
    counters.accepted().increment();
    traces.begin(job, span).whenComplete((begun, failure) -> dispatcher.offer(job));
  }

  private Optional<String> nodeHolding(String key) {
    return storedData
        .orElseThrow(() -> ApiException.notAvailable("this server keeps no stored values"))
        .find(key)
        .orElseThrow(() -> Refusals.noSuchData(key))
        .node();
  }

  static void checkKey(String key) {
    boolean printable = key.chars().allMatch(next -> next > ' ' && next < 127);
    if (key.isEmpty() || key.length() > LONGEST_IDEMPOTENCY_KEY || !printable) {
      throw Refusals.badIdempotencyKey(LONGEST_IDEMPOTENCY_KEY);
    }
  }
}
