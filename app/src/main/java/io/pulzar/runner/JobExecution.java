package io.pulzar.runner;

import io.micronaut.json.JsonMapper;
import io.pulzar.http.ApiException;
import io.pulzar.jobs.JobOperations;
import io.pulzar.jobs.JobOperations.AttemptId;
import io.pulzar.jobs.JobOperations.AttemptResult;
import io.pulzar.jobs.JobOperations.Finish;
import io.pulzar.jobs.LeaseHolder;
import io.pulzar.jobs.LeasedJob;
import io.pulzar.jobs.LeasedValues;
import io.pulzar.jobs.OutputChunk;
import io.pulzar.link.ClusterKey;
import io.pulzar.logs.RunFields;
import io.pulzar.polyglot.Finished;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.polyglot.RunListener;
import io.pulzar.polyglot.RuntimeFullException;
import io.pulzar.python.ScriptRun.Purpose;
import io.pulzar.python.ScriptServices;
import io.pulzar.scripts.NodeScripts;
import io.pulzar.sealing.SealedTextException;
import io.pulzar.settings.ServerSettings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs leases on the Python workers and reports how they end. */
final class JobExecution {

  private static final Logger LOG = LoggerFactory.getLogger(JobExecution.class);

  private final LeaseHolder lessee;
  private final NodeScripts scripts;
  private final PythonRuntime python;
  private final ScriptServices services;
  private final LentSlots slots;
  private final Optional<LocalValues> values;
  private final OutcomeWords words;
  private final ClusterKey key;
  private final JsonMapper json;
  private final MasterQuestions master;
  private final ScheduledExecutorService timer;
  private final ExecutorService threads;
  private final int mostCalls;
  private final ConcurrentMap<AttemptId, JobRun> held = new ConcurrentHashMap<>();

  /**
   * @param threads virtual ones: reports wait on them
   * @param mostCalls how many calls of a run in a trace are told one by one
   */
  JobExecution(
      LeaseHolder lessee,
      NodeScripts scripts,
      PythonRuntime python,
      ScriptServices services,
      LentSlots slots,
      Optional<LocalValues> values,
      OutcomeWords words,
      ClusterKey key,
      JsonMapper json,
      MasterQuestions master,
      ScheduledExecutorService timer,
      ExecutorService threads,
      int mostCalls) {
    this.lessee = lessee;
    this.scripts = scripts;
    this.python = python;
    this.services = services;
    this.slots = slots;
    this.values = values;
    this.words = words;
    this.key = key;
    this.json = json;
    this.master = master;
    this.timer = timer;
    this.threads = threads;
    this.mostCalls = mostCalls;
  }

  /** Whether there is a worker that could run a job. */
  boolean isAble() {
    return python.status().ready();
  }

  /** Everything that runs or whose end is not reported yet. */
  List<JobRun> held() {
    return List.copyOf(held.values());
  }

  Optional<JobRun> find(AttemptId attempt) {
    return Optional.ofNullable(held.get(attempt));
  }

  /**
   * Runs a lease to its end.
   *
   * @param before is waited for before this end is reported
   * @return completes, never exceptionally, when the master has answered the report
   */
  CompletableFuture<Boolean> run(LeasedJob lease, CompletableFuture<Boolean> before) {
    JobRun run = new JobRun(lease, mostCalls);
    held.put(run.attempt(), run);
    OutputChunkWriter writer =
        new OutputChunkWriter(lessee, run.attempt(), master, timer, threads, run::forget);
    lease.notes().forEach(note -> writer.log("PULZAR_NOTE::" + note + "\n"));
    RunReport report;
    try (RunFields _ = fields(lease)) {
      report = reported(lease, run, writer);
      LOG.debug("{} of {} ended: {}", lease.attempt(), lease.path(), report.ending());
    }
    before.join();
    return CompletableFuture.supplyAsync(
            () -> {
              try (RunFields _ = fields(lease)) {
                return report(run, writer, report);
              }
            },
            threads)
        .exceptionally(
            failure -> {
              // Its lease runs out, and the master gives it to somebody else.
              LOG.error("the end of job {} could not be told", lease.attempt().job(), failure);
              return false;
            });
  }

  /**
   * Whatever goes wrong ends the job: one that is held and never reported would run for ever in the
   * master's eyes.
   */
  private RunReport reported(LeasedJob lease, JobRun run, OutputChunkWriter writer) {
    try {
      return execute(lease, run, writer);
    } catch (RuntimeFullException full) {
      LOG.warn("job {} goes back to the queue: {}", lease.attempt().job(), full.getMessage());
      return new RunReport(AttemptResult.RETURNED, "", "", Optional.empty());
    } catch (ApiException refused) {
      return failed(String.valueOf(refused.getMessage()));
    } catch (RuntimeException | Error unexpected) {
      LOG.error("job {} could not be run", lease.attempt().job(), unexpected);
      return failed("the node could not run it; its log says why");
    }
  }

  private static RunFields fields(LeasedJob lease) {
    return RunFields.of(lease.attempt().job(), lease.path(), lease.trace());
  }

  private RunReport execute(LeasedJob lease, JobRun run, OutputChunkWriter writer)
      throws RuntimeFullException {
    if (lease.refusal().isPresent()) {
      return failed(lease.refusal().get());
    }
    Optional<LeasedValues> given;
    try {
      given = opened(lease);
    } catch (SealedTextException e) {
      return failed(
          "its secrets can't be opened here: "
              + e.getMessage()
              + "; master and node need the same "
              + ServerSettings.KEY);
    }
    Optional<LocalValues.Lent> lent = lease.data().flatMap(this::lend);
    if (lease.data().isPresent() && lent.isEmpty()) {
      return failed("the value " + lease.data().get() + " is not on this node any more");
    }
    try (NodeScripts.Source source = scripts.open(lease.path())) {
      Purpose purpose = lease.scheduled() ? Purpose.SCHEDULED_JOB : Purpose.JOB;
      Finished finished =
          run.start(
                  python,
                  source.root(),
                  lent.map(LocalValues.Lent::file),
                  given,
                  slots.lending(
                      services.forJob(purpose, lease.attempt().job(), lease.path(), lease.trace())),
                  listener(run, writer))
              .finished()
              .toCompletableFuture()
              .join();
      return words.report(finished, run.stoppedAs());
    } finally {
      lent.ifPresent(LocalValues.Lent::close);
    }
  }

  private Optional<LeasedValues> opened(LeasedJob lease) throws SealedTextException {
    return lease.sealed().isPresent()
        ? Optional.of(LeasedValues.open(lease.sealed().get(), key, lease.attempt(), json))
        : Optional.empty();
  }

  private Optional<LocalValues.Lent> lend(String key) {
    return values.flatMap(all -> all.lend(key));
  }

  private boolean report(JobRun run, OutputChunkWriter writer, RunReport report) {
    AttemptId attempt = run.attempt();
    try {
      OutputChunkWriter.Rest rest = writer.rest();
      if (run.isForgotten()) {
        return false;
      }
      OutputChunk piece =
          new OutputChunk(rest.piece().log() + report.lastLog(), rest.piece().output());
      boolean accepted =
          master
              .ask(
                  JobOperations.FINISH,
                  new Finish(
                      lessee,
                      attempt,
                      rest.sequence(),
                      piece,
                      report.ending(),
                      report.error(),
                      report.result(),
                      report.usage(),
                      run.asked()))
              .map(JobOperations.Ack::accepted)
              .orElse(false);
      if (!accepted) {
        LOG.warn("the end of job {} came too late to count", attempt.job());
      }
      return accepted;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ApiException refused) {
      LOG.error("the end of job {} was refused: {}", attempt.job(), refused.getMessage());
      return false;
    } finally {
      held.remove(attempt);
    }
  }

  private static RunListener listener(JobRun run, OutputChunkWriter writer) {
    return new RunListener() {
      @Override
      public void started() {
        run.begun();
        writer.begun();
      }

      @Override
      public void log(String lines) {
        writer.log(lines);
      }

      @Override
      public void output(String part) {
        writer.output(part);
      }
    };
  }

  private static RunReport failed(String error) {
    return new RunReport(
        AttemptResult.FAILED, error, "PULZAR_ERROR::" + error + "\n", Optional.empty());
  }
}
