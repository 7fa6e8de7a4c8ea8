package io.pulzar.polyglot.pool;

import static io.pulzar.polyglot.pool.PoolFixture.HEAP;
import static io.pulzar.polyglot.pool.PoolFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.RunListener;
import io.pulzar.polyglot.RuntimeSettings.Patience;
import io.pulzar.polyglot.wire.Message;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When there is room for one more worker: each that compiles takes two processors. */
final class WarmUpTest {

  private static final Duration SHORT = WarmUp.WAITING_RUN.dividedBy(2);

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
    elder.workedNanos = Duration.ofMillis(300).toNanos();
    elder.computedNanos = Duration.ofMillis(10).toNanos();
    busy(elder, WarmUp.WAITING_RUN);
    assertThat(twoProcessors.leavesRoom(HEAP, now)).isTrue();
    elder.computedNanos = Duration.ofMillis(200).toNanos();
    assertThat(twoProcessors.leavesRoom(HEAP, now)).isFalse();
  }

  @Test
  void aRunThatWaitsForOthersLeavesRoomForThem() {
    busy(elder, SHORT);
    elder.parked = 1;
    assertThat(twoProcessors.leavesRoom(HEAP, now)).isTrue();
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
