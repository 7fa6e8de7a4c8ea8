package io.pulzar.launches;

import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.jobs.JobOperations;
import io.pulzar.jobs.JobOperations.Awaited;
import io.pulzar.jobs.JobOperations.JobQuestion;
import io.pulzar.keys.IndexAccess;
import io.pulzar.keys.ScriptArguments;
import io.pulzar.polyglot.HostCallException;
import io.pulzar.python.ScriptRun;
import io.pulzar.python.ScriptService;
import io.pulzar.rights.Right;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code jobs.wait}: waits for a job's end and answers with all about it; null when the time is
 * over before. Who waits gives its worker away meanwhile.
 */
@Singleton
final class JobWaitService implements ScriptService {

  private final IndexAccess master;
  private final JsonMapper json;

  JobWaitService(IndexAccess master, JsonMapper json) {
    this.master = master;
    this.json = json;
  }

  @Override
  public String name() {
    return "jobs.wait";
  }

  @Override
  public boolean waits() {
    return true;
  }

  @Override
  public String answer(ScriptRun run, String arguments) throws HostCallException, IOException {
    Asked asked = ScriptArguments.read(json, arguments, Asked.class);
    if (run.isJob() && run.id().equals(Long.toString(asked.job()))) {
      throw new HostCallException("ValueError", "job " + asked.job() + " can't wait for itself");
    }
    JobScripts.require(master, run, Right.VIEW, asked.job());
    Optional<Double> seconds = Optional.ofNullable(asked.seconds());
    long deadline = System.nanoTime() + (long) (Math.max(0, seconds.orElse(0.0)) * 1_000_000_000L);
    while (!Thread.currentThread().isInterrupted()) {
      Duration left =
          seconds.isEmpty()
              ? JobOperations.PATIENCE
              : Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      Awaited awaited =
          master.ask(JobOperations.AWAIT, new JobQuestion(asked.job(), shorter(left)));
      if (awaited.details().isPresent()) {
        return awaited.details().get();
      }
      if (seconds.isPresent() && left.compareTo(JobOperations.PATIENCE) <= 0) {
        return "null";
      }
    }
    throw new HostCallException("InterruptedError", "the run is being stopped");
  }

  private static Duration shorter(Duration left) {
    return left.compareTo(JobOperations.PATIENCE) < 0 ? left : JobOperations.PATIENCE;
  }

  @Serdeable
  record Asked(long job, @Nullable Double seconds) {}
}
