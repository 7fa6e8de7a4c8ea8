package io.pulzar.jobs;

import io.pulzar.polyglot.Call;
import io.pulzar.polyglot.Finished;
import io.pulzar.polyglot.Limits;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.polyglot.Run;
import io.pulzar.polyglot.RunListener;
import io.pulzar.polyglot.RuntimeStatus;
import io.pulzar.polyglot.Script;
import io.pulzar.polyglot.ScriptRuntime;
import io.pulzar.polyglot.Usage;
import io.pulzar.polyglot.WallReport;
import io.pulzar.polyglot.WorkerStatus;
import io.pulzar.polyglot.WorkerStatus.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Plays the workers: what a script does is a piece of Java, chosen by the script's name. */
public final class ScriptedPython implements PythonRuntime {

  /** A script's run. */
  public interface Behaviour {
    Outcome run(Call call, RunListener listener, CompletionStage<Boolean> canceled)
        throws InterruptedException;
  }

  public static final Outcome OK = new Outcome.Completed("{\"ok\": true}");
  static final Outcome NOT_OK = new Outcome.Completed("{\"ok\": false}");

  public final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  public final Queue<Script> prepared = new ConcurrentLinkedQueue<>();
  private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
  private final Set<Call> running = ConcurrentHashMap.newKeySet();
  private final int slots;

  public ScriptedPython(int slots) {
    this.slots = slots;
  }

  public void on(String script, Behaviour behaviour) {
    behaviours.put(script, behaviour);
  }

  @Override
  public Run start(Call call, RunListener listener) {
    calls.add(call);
    CompletableFuture<Boolean> canceled = new CompletableFuture<>();
    CompletableFuture<Finished> finished = new CompletableFuture<>();
    Behaviour behaviour = behaviours.getOrDefault(call.script().name(), (c, l, x) -> OK);
    Thread.startVirtualThread(
        () -> {
          Outcome outcome;
          try {
            running.add(call);
            listener.started();
            outcome = behaviour.run(call, listener, canceled);
          } catch (InterruptedException interrupted) {
            outcome = new Outcome.Crashed("interrupted");
          }
          running.remove(call);
          Usage usage =
              new Usage(Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofMillis(3), 4_096);
          finished.complete(new Finished(outcome, usage));
        });
    return new Run() {
      @Override
      public CompletionStage<Finished> finished() {
        return finished;
      }

      @Override
      public void cancel() {
        canceled.complete(true);
      }
    };
  }

  @Override
  public void prepare(List<Script> scripts, Limits limits) {
    prepared.addAll(scripts);
  }

  @Override
  public RuntimeStatus status() {
    return new RuntimeStatus(
        true, true, slots, running.size(), 0, List.of(), WallReport.none("there are no workers"));
  }

  @Override
  public Map<ScriptRuntime, List<WorkerStatus>> workers() {
    List<WorkerStatus> workers = new ArrayList<>();
    running.forEach(call -> workers.add(worker(State.BUSY, Optional.of(call.id()))));
    while (workers.size() < slots) {
      workers.add(worker(State.IDLE, Optional.empty()));
    }
    return Map.of(ScriptRuntime.GRAALPY, workers);
  }

  /** They are threads of this process. */
  private static WorkerStatus worker(State state, Optional<String> run) {
    return new WorkerStatus(ProcessHandle.current().pid(), state, run, 0, 96 << 20);
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
