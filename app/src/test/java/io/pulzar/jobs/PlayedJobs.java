package io.pulzar.jobs;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.json.JsonMapper;
import io.pulzar.TestTime;
import io.pulzar.jobs.JobOperations.AttemptId;
import io.pulzar.jobs.JobOperations.AttemptResult;
import io.pulzar.jobs.JobOperations.Finish;
import io.pulzar.jobs.JobOperations.PollReply;
import io.pulzar.jobs.LeasedJob.RunLimits;
import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.ScriptRuntime;
import io.pulzar.scripts.ScriptCatalog;
import io.pulzar.scripts.Scripts;
import io.pulzar.secrets.SecretsFixture;
import io.pulzar.storage.Database;
import io.pulzar.storage.Range;
import io.pulzar.storage.StorageEngine;
import io.pulzar.storage.Table;
import io.pulzar.tracing.Tracing;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The master's queue on a real database, for the test of a feature that starts jobs: a node that
 * takes every job at once, and jobs that end when the test says so.
 */
public final class PlayedJobs implements AutoCloseable {

  private static final LeaseHolder NODE = new LeaseHolder("played", "its life");

  private final Path directory;
  private final Clock clock;
  private final int queue;
  private final StoredData data;
  private final Map<Long, AttemptId> held = new HashMap<>();
  private final Database database;
  private final SecretsFixture secrets;
  private JobStore store;
  private Dispatcher dispatcher;
  private JobRequests requests;
  private JobRuns runs;
  private CompletableFuture<PollReply> open = new CompletableFuture<>();
  private boolean taking = true;

  /**
   * @param tables of the feature
   * @param data where {@code pulzar_data} is
   */
  public PlayedJobs(
      Path directory, Clock clock, int queue, List<Table<?, ?>> tables, StoredData data) {
    this.directory = directory;
    this.clock = clock;
    this.queue = queue;
    this.data = data;
    List<Table<?, ?>> all = new ArrayList<>(JobTables.ALL);
    all.addAll(tables);
    this.database = StorageEngine.local().open(directory.resolve("jobs"), all);
    this.secrets = SecretsFixture.in(directory.resolve("secrets"));
    begin();
  }

  /** A new life of the master on the same disk; runs that the node has go on. */
  public void restart() {
    dispatcher.stop();
    begin();
  }

  private void begin() {
    JobSignals signals = new JobSignals();
    store = new JobStore(database, Duration.ofDays(1), 1_000);
    DispatchRules rules =
        new DispatchRules(Duration.ofDays(10_000), 0, Duration.ofSeconds(1), Duration.ofSeconds(1));
    dispatcher =
        new Dispatcher(
            store,
            rules,
            clock,
            PlayedJobs::lease,
            job -> 0,
            new PlayedNodes(),
            signals,
            TestTime.of(clock));
    dispatcher.recover();
    dispatcher.opened();
    requests =
        new JobRequests(
            store,
            dispatcher,
            signals,
            new Scripts(new ScriptCatalog(directory.resolve("scripts"), clock), node -> true),
            Optional.of(data),
            clock,
            queue,
            JobCounters.of(new SimpleMeterRegistry()),
            new ParameterCheck(JsonMapper.createDefault(), secrets.parameters()),
            new JobTraces(database, Tracing.NONE));
    runs = new JobRuns(database, store, dispatcher, signals, requests, data);
    open = new CompletableFuture<>();
    open.complete(PollReply.NOTHING);
  }

  public JobRuns runs() {
    return runs;
  }

  public JobRequests requests() {
    return requests;
  }

  /**
   * Lets jobs wait in the queue from now on; the one that the node asked for already still goes.
   */
  public void stopTaking() {
    taking = false;
  }

  /** The jobs that the node got since the last call, in the order of their numbers. */
  public List<Long> begun() {
    List<Long> begun = new ArrayList<>();
    while (taking && open.isDone()) {
      open.join()
          .lease()
          .ifPresent(
              lease -> {
                begun.add(lease.attempt().job());
                held.put(lease.attempt().job(), lease.attempt());
              });
      open = dispatcher.take(NODE).toCompletableFuture();
    }
    return begun;
  }

  /** Ends a job that the node has. */
  public void end(long job, boolean completed) {
    AttemptId attempt = Optional.ofNullable(held.remove(job)).orElseThrow();
    Finish finish =
        new Finish(
            NODE,
            attempt,
            0,
            new OutputChunk("its log\n", List.of("its output")),
            completed ? AttemptResult.COMPLETED : AttemptResult.FAILED,
            completed ? "" : "broken",
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    if (!dispatcher.finish(finish).toCompletableFuture().join().accepted()) {
      throw new AssertionError("the end of job " + job + " was refused");
    }
  }

  public String state(long job) {
    return store.find(job).map(found -> found.state().word()).orElse("forgotten");
  }

  /** Which schedule started each job that is kept, in the order of the jobs. */
  public List<Long> schedules() {
    return database.read(
        tx -> {
          List<Long> schedules = new ArrayList<>();
          tx.scan(
              JobTables.JOBS,
              Range.all(),
              (id, job) -> {
                job.submission().schedule().ifPresent(schedules::add);
                return true;
              });
          return schedules;
        });
  }

  @Override
  public void close() {
    dispatcher.stop();
    database.close();
    secrets.close();
  }

  private static LeasedJob lease(JobRecord job) {
    return new LeasedJob(
        new AttemptId(job.id(), job.attempts().number()),
        job.submission().path(),
        job.submission().parameters(),
        true,
        Optional.empty(),
        new RunLimits(
            Duration.ofMinutes(1), 1 << 20, 1 << 20, true, Isolation.CLEAN, ScriptRuntime.GRAALPY),
        List.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
