package io.pulzar.polyglot.pool;

import static io.pulzar.polyglot.pool.PoolFixture.HEAP;
import static io.pulzar.polyglot.pool.PoolFixture.LONG;
import static io.pulzar.polyglot.pool.PoolFixture.call;
import static io.pulzar.polyglot.pool.PoolFixture.end;
import static io.pulzar.polyglot.pool.PoolFixture.open;
import static io.pulzar.polyglot.pool.PoolFixture.settings;
import static io.pulzar.polyglot.pool.PoolFixture.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.Run;
import io.pulzar.polyglot.RunListener;
import io.pulzar.polyglot.RuntimeSettings.Patience;
import io.pulzar.polyglot.RuntimeSettings.Workers;
import io.pulzar.polyglot.wire.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When there is room for one more worker: each that compiles takes two processors. */
final class WarmUpTest {

  private static final Duration SHORT = WarmUp.WAITING_RUN.dividedBy(2);

  @TempDir Path directory;

  private final WorkerList workers = new WorkerList();
  private final WarmUp twoProcessors = new WarmUp(workers, true, 2);
  private final long now = System.nanoTime();
  private final WorkerProcess elder = added(HEAP);

  @Test
  void aWorkerThatCompilesLeavesNoRoomOnTwoProcessors() {
    assertThat(twoProcessors.leavesRoom(HEAP, now)).isFalse();
    busy(elder, SHORT);
    assertThat(twoProcessors.leavesRoom(HEAP, now)).isFalse();
  }

  @Test
  void aRunThatTakesItsTimeLeavesRoom() {
    busy(elder, WarmUp.COMPUTING_RUN);
    assertThat(twoProcessors.leavesRoom(HEAP, now)).isTrue();
  }

  @Test
  void runsThatOnlyWaitLeaveRoom() {
    WarmUp.worked(elder, Duration.ofMillis(300).toNanos(), Duration.ofMillis(10).toNanos());
    busy(elder, WarmUp.WAITING_RUN);
    assertThat(twoProcessors.leavesRoom(HEAP, now)).isTrue();
    WarmUp.worked(elder, Duration.ofMillis(300).toNanos(), Duration.ofMillis(200).toNanos());
    assertThat(twoProcessors.leavesRoom(HEAP, now)).isFalse();
  }

  @Test
  void aWarmWorkerLeavesRoom() {
    busy(elder, SHORT);
    elder.workedNanos = WarmUp.WORK.toNanos();
    assertThat(twoProcessors.leavesRoom(HEAP, now)).isTrue();
  }

  @Test
  void oneThatStartsOrLeavesOrHasAnotherSizeLeavesRoom() {
    elder.phase = WorkerProcess.Phase.STARTING;
    assertThat(twoProcessors.leavesRoom(HEAP, now)).isTrue();
    elder.phase = WorkerProcess.Phase.LEAVING;
    assertThat(twoProcessors.leavesRoom(HEAP, now)).isTrue();
    elder.phase = WorkerProcess.Phase.IDLE;
    assertThat(twoProcessors.leavesRoom(2 * HEAP, now)).isTrue();
  }

  @Test
  void moreProcessorsHaveRoomForMoreWorkers() {
    WarmUp fourProcessors = new WarmUp(workers, true, 4);
    assertThat(fourProcessors.leavesRoom(HEAP, now)).isTrue();
    var _ = added(HEAP);
    assertThat(fourProcessors.leavesRoom(HEAP, now)).isFalse();
  }

  @Test
  void besideWorkersThatDoNotCompileThereIsAlwaysRoom() {
    WarmUp nothingToCompile = new WarmUp(workers, false, 2);
    busy(elder, SHORT);
    workers.waiting().add(run());
    nothingToCompile.look(now);
    assertThat(nothingToCompile.leavesRoom(HEAP, now)).isTrue();
    assertThat(nothingToCompile.isUnderWay(now)).isFalse();
  }

  @Test
  void anotherStartsOnlyAfterASecondInWhichNobodyWaited() {
    busy(elder, SHORT);
    twoProcessors.look(now);
    assertThat(twoProcessors.isUnderWay(now)).isFalse();
    workers.waiting().add(run());
    twoProcessors.look(now);
    assertThat(twoProcessors.isUnderWay(now)).isTrue();
    workers.waiting().clear();
    twoProcessors.look(now + Duration.ofMillis(999).toNanos());
    assertThat(twoProcessors.isUnderWay(now + Duration.ofMillis(999).toNanos())).isTrue();
    assertThat(twoProcessors.isUnderWay(now + Duration.ofSeconds(1).toNanos())).isFalse();
  }

  @Test
  @Tag("slow")
  void aRunThatWaitsForALongOneGetsAWorkerOfItsOwn() throws Exception {
    Path gate = directory.resolve("gate");
    Workers two = new Workers(2, 1, 10, LONG);
    Patience patience = new Patience(LONG, Duration.ofMillis(300), Duration.ofMillis(20));
    try (WorkerPool pool = open(settings(directory, two, patience))) {
      List<Run> runs = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        runs.add(start(pool, call("wait-for-file", gate.toString())));
      }
      Await.until("both run", () -> pool.status().busy() == 2);
      Files.createFile(gate);
      for (Run run : runs) {
        assertThat(end(run).outcome()).isEqualTo(new Outcome.Completed("true"));
      }
    }
  }

  private WorkerProcess added(long heapBytes) {
    WorkerProcess worker =
        new WorkerProcess(
            1,
            heapBytes,
            heap -> {
              throw new IOException("this test starts no process");
            },
            new NoEvents(),
            new SeenErrors(),
            Patience.defaults());
    worker.phase = WorkerProcess.Phase.IDLE;
    workers.workers().add(worker);
    return worker;
  }

  private void busy(WorkerProcess worker, Duration since) {
    PooledRun run = run();
    run.assignedNanos = now - since.toNanos();
    worker.current = run;
    worker.phase = WorkerProcess.Phase.BUSY;
  }

  private PooledRun run() {
    return new PooledRun(1, call("echo", ""), RunListener.SILENT, HEAP, now, ignored -> {});
  }

  /** Of workers without a process nothing is heard. */
  private static final class NoEvents implements WorkerProcess.Events {

    @Override
    public void ready(WorkerProcess worker, Message.Ready ready) {}

    @Override
    public void started(WorkerProcess worker, PooledRun run) {}

    @Override
    public void ended(WorkerProcess worker, PooledRun run, Message.Ended ended) {}

    @Override
    public void prepared(WorkerProcess worker, Message.Prepared prepared) {}

    @Override
    public void gone(WorkerProcess worker, Outcome why) {}
  }
}
