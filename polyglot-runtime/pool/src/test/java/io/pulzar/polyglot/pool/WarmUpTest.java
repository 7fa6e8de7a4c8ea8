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

/** Which workers run while they still compile; two processors for each. */
final class WarmUpTest {

  private static final Duration SHORT = WarmUp.SHORT_RUN.dividedBy(2);

  @TempDir Path directory;

  private final WorkerList workers = new WorkerList();
  private final WarmUp twoProcessors = new WarmUp(workers, true, 2);
  private final long now = System.nanoTime();
  private final WorkerProcess elder = added(HEAP);
  private final WorkerProcess younger = added(HEAP);

  @Test
  void theElderOfTwoGoesFirst() {
    assertThat(twoProcessors.mayWork(elder, now)).isTrue();
    assertThat(twoProcessors.mayWork(younger, now)).isFalse();
  }

  @Test
  void theYoungerWaitsWhileTheElderHasShortRuns() {
    busy(elder, SHORT);
    assertThat(twoProcessors.mayWork(younger, now)).isFalse();
    assertThat(twoProcessors.leavesRoom(HEAP, now)).isFalse();
  }

  @Test
  void aRunThatTakesItsTimeKeepsNobodyFromWork() {
    busy(elder, WarmUp.COMPUTING_RUN);
    assertThat(twoProcessors.mayWork(younger, now)).isTrue();
    busy(younger, WarmUp.COMPUTING_RUN);
    assertThat(twoProcessors.leavesRoom(HEAP, now)).isTrue();
  }

  @Test
  void runsThatOnlyWaitKeepNobodyFromWork() {
    WarmUp.worked(elder, Duration.ofMillis(300).toNanos(), Duration.ofMillis(10).toNanos());
    busy(elder, WarmUp.SHORT_RUN);
    assertThat(twoProcessors.mayWork(younger, now)).isTrue();
    WarmUp.worked(elder, Duration.ofMillis(300).toNanos(), Duration.ofMillis(200).toNanos());
    assertThat(twoProcessors.mayWork(younger, now)).isFalse();
  }

  @Test
  void besideAWarmWorkerAnotherWorksOnceRunsHaveToWait() {
    busy(younger, SHORT);
    younger.workedNanos = WarmUp.WORK.toNanos();
    elder.phase = WorkerProcess.Phase.IDLE;
    assertThat(twoProcessors.mayWork(elder, now)).isFalse();
    workers.waiting().add(run());
    for (int look = 0; look < 200; look++) {
      twoProcessors.look(now);
    }
    assertThat(twoProcessors.mayWork(elder, now)).isTrue();
    assertThat(twoProcessors.leavesRoom(HEAP, now)).isFalse();
    elder.phase = WorkerProcess.Phase.LEAVING;
    assertThat(twoProcessors.leavesRoom(HEAP, now)).isTrue();
  }

  @Test
  void aWarmWorkersRunIsWaitedForAMomentOnly() {
    elder.workedNanos = WarmUp.WORK.toNanos();
    elder.computedNanos = WarmUp.WORK.toNanos();
    busy(elder, SHORT);
    assertThat(twoProcessors.mayWork(younger, now)).isFalse();
    busy(elder, WarmUp.SHORT_RUN);
    assertThat(twoProcessors.mayWork(younger, now)).isTrue();
  }

  @Test
  void aWorkerThatIsWarmNeverWaits() {
    younger.workedNanos = WarmUp.WORK.toNanos();
    assertThat(twoProcessors.mayWork(younger, now)).isTrue();
  }

  @Test
  void oneThatStartsOrLeavesOrHasAnotherSizeKeepsNobodyFromWork() {
    elder.phase = WorkerProcess.Phase.STARTING;
    assertThat(twoProcessors.mayWork(younger, now)).isTrue();
    elder.phase = WorkerProcess.Phase.LEAVING;
    assertThat(twoProcessors.mayWork(younger, now)).isTrue();
    elder.phase = WorkerProcess.Phase.IDLE;
    assertThat(twoProcessors.mayWork(added(2 * HEAP), now)).isTrue();
  }

  @Test
  void moreProcessorsWarmMoreWorkersAtATime() {
    WarmUp fourProcessors = new WarmUp(workers, true, 4);
    assertThat(fourProcessors.mayWork(younger, now)).isTrue();
    assertThat(fourProcessors.mayWork(added(HEAP), now)).isFalse();
  }

  @Test
  void workersThatDoNotCompileAllWork() {
    WarmUp nothingToCompile = new WarmUp(workers, false, 2);
    busy(elder, SHORT);
    workers.waiting().add(run());
    nothingToCompile.look(now);
    assertThat(nothingToCompile.mayWork(younger, now)).isTrue();
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
  void aRunThatWaitsForALongOneGetsTheYoungerWorker() throws Exception {
    Path gate = directory.resolve("gate");
    Workers two = new Workers(2, 2, 10, LONG);
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
