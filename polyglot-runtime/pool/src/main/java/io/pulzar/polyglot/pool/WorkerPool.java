package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.Call;
import io.pulzar.polyglot.Limits;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.polyglot.Run;
import io.pulzar.polyglot.RunListener;
import io.pulzar.polyglot.RuntimeFullException;
import io.pulzar.polyglot.RuntimeSettings;
import io.pulzar.polyglot.RuntimeStatus;
import io.pulzar.polyglot.Script;
import io.pulzar.polyglot.WallReport;
import io.pulzar.polyglot.WorkerStatus;
import java.io.IOException;
import java.util.List;

/** The pool's door: puts together who hands out the runs and who looks after the workers. */
public final class WorkerPool implements PythonRuntime {

  private final RunQueue dispatcher;
  private final Supervisor supervisor;
  private final WallReport wall;
  private final ScratchSpace scratch;

  private WorkerPool(
      RunQueue dispatcher, Supervisor supervisor, WallReport wall, ScratchSpace scratch) {
    this.dispatcher = dispatcher;
    this.supervisor = supervisor;
    this.wall = wall;
    this.scratch = scratch;
  }

  /**
   * Starts the pool; the first worker starts in the background.
   *
   * @throws IOException when the scratch directory cannot be made or emptied, or the image is not
   *     there, or the second wall is required and can't be had
   */
  public static WorkerPool open(RuntimeSettings settings) throws IOException {
    return open(settings, WorkerCommand.of(settings));
  }

  static WorkerPool open(RuntimeSettings settings, ProcessStarter starter) throws IOException {
    ScratchSpace scratch = new ScratchSpace(settings.places().scratch());
    RunQueue dispatcher = new RunQueue(settings, scratch);
    Supervisor supervisor = new Supervisor(settings, dispatcher, starter);
    supervisor.start();
    return new WorkerPool(dispatcher, supervisor, starter.wall(), scratch);
  }

  @Override
  public Run start(Call call, RunListener listener) throws RuntimeFullException {
    return dispatcher.submit(call, listener);
  }

  @Override
  public void prepare(List<Script> scripts, Limits limits) {
    dispatcher.prepare(scripts, limits);
  }

  @Override
  public RuntimeStatus status() {
    return dispatcher.status(supervisor.compiled(), wall);
  }

  /** The system is asked for the memory of each, which takes its time: not for every run. */
  List<WorkerStatus> processes() {
    return dispatcher.workerStatus().stream()
        .map(worker -> worker.withMemory(ResidentMemory.of(worker.process()).orElse(0)))
        .toList();
  }

  @Override
  public void close() {
    supervisor.close();
    scratch.close();
  }
}
