package io.pulzar.runner;

import io.pulzar.jobs.AskedCalls;
import io.pulzar.jobs.JobOperations.AttemptId;
import io.pulzar.jobs.JobOperations.AttemptResult;
import io.pulzar.jobs.LeasedJob;
import io.pulzar.jobs.LeasedValues;
import io.pulzar.polyglot.Call;
import io.pulzar.polyglot.HostCalls;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.polyglot.Run;
import io.pulzar.polyglot.RunEnvironment;
import io.pulzar.polyglot.RunListener;
import io.pulzar.polyglot.RuntimeFullException;
import io.pulzar.polyglot.Script;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One attempt on this node, from its lease to the report of its end. */
final class JobRun {

  private final LeasedJob lease;
  private final Optional<CallRecorder> calls;
  private @Nullable Run run;
  private Optional<AttemptResult> stopped = Optional.empty();
  private boolean forgotten;

  /**
   * @param mostCalls how many of its calls are noted, where it stands in a trace
   */
  JobRun(LeasedJob lease, int mostCalls) {
    this.lease = lease;
    this.calls = lease.trace().map(_ -> new CallRecorder(mostCalls));
  }

  /** What the script asked of its server; empty where nobody wants to know. */
  Optional<AskedCalls> asked() {
    return calls.map(CallRecorder::asked);
  }

  /** The script begins. */
  void begun() {
    calls.ifPresent(CallRecorder::begun);
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
                lease.arguments(sealed.map(LeasedValues::parameters).orElseGet(lease::parameters)),
                input,
                lease.limits().isolation(),
                lease.limits().forCall(),
                calls.map(recorder -> recorder.noting(host)).orElse(host),
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
}
