package io.pulzar.runner;

import io.pulzar.jobs.JobOperations.AttemptId;
import io.pulzar.jobs.JobOperations.AttemptResult;
import io.pulzar.jobs.LeasedJob;
import io.pulzar.jobs.LeasedValues;
import io.pulzar.polyglot.Call;
import io.pulzar.polyglot.HostCalls;
import io.pulzar.polyglot.Limits;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.polyglot.Run;
import io.pulzar.polyglot.RunEnvironment;
import io.pulzar.polyglot.RunListener;
import io.pulzar.polyglot.RuntimeFullException;
import io.pulzar.polyglot.Script;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/** One attempt on this node, from its lease to the report of its end. */
final class JobRun {

  private final LeasedJob lease;
  private @Nullable Run run;
  private Optional<AttemptResult> stopped = Optional.empty();
  private boolean forgotten;

  JobRun(LeasedJob lease) {
    this.lease = lease;
  }

  AttemptId attempt() {
    return lease.attempt();
  }

  /** Starts the script. A stop that was asked for before takes effect at once. */
  Run start(
      PythonRuntime python,
      Path scripts,
      Optional<Path> input,
      Optional<LeasedValues> sealed,
      HostCalls host,
      RunListener listener)
      throws RuntimeFullException {
    Run started =
        python.start(
            new Call(
                "job " + lease.attempt().job(),
                new Script(scripts, lease.path(), Script.Entry.JOB),
                arguments(lease, sealed.map(LeasedValues::parameters).orElseGet(lease::parameters)),
                input,
                lease.limits().isolation(),
                new Limits(
                    lease.limits().timeout(),
                    lease.limits().memoryBytes(),
                    lease.limits().outputBytes(),
                    lease.limits().network()),
                host,
                lease.limits().runtime(),
                sealed.map(LeasedValues::environment).orElse(RunEnvironment.NONE)),
            listener);
    boolean cancel;
    synchronized (this) {
      run = started;
      cancel = forgotten || stopped.isPresent();
    }
    if (cancel) {
      started.cancel();
    }
    return started;
  }

  /** Stops it; {@code ending} is what is reported if that comes in time. */
  void stop(AttemptResult ending) {
    Run running;
    synchronized (this) {
      stopped = stopped.or(() -> Optional.of(ending));
      running = run;
    }
    if (running != null) {
      running.cancel();
    }
  }

  /** Stops it without a report: its attempt no longer counts. */
  void forget() {
    synchronized (this) {
      forgotten = true;
    }
    stop(AttemptResult.CANCELED);
  }

  synchronized boolean isForgotten() {
    return forgotten;
  }

  /** What a canceled outcome means; a runtime that closes returns its runs. */
  synchronized AttemptResult stoppedAs() {
    return stopped.orElse(AttemptResult.RETURNED);
  }

  /** A JSON object; the worker takes it out before the script sees its parameters. */
  private static String declared(Map<String, String> limits) {
    return limits.entrySet().stream()
        .map(limit -> quoted(limit.getKey()) + ":" + quoted(limit.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
  }

  /** The client's object with what the platform adds. A name that both use is the platform's. */
  static String arguments(LeasedJob lease, String parameters) {
    String own =
        "\"job_id\":"
            + lease.attempt().job()
            + ",\"_pulzar_config\":{\"scheduled\":"
            + lease.scheduled()
            + "},\"_pulzar_declared\":"
            + declared(lease.declared())
            + "}";
    String object = parameters.strip();
    String inside = object.substring(1, object.length() - 1).strip();
    return inside.isEmpty() ? "{" + own : "{" + inside + "," + own;
  }
}
