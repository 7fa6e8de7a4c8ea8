package io.pulzar.polyglot.pool;

import static io.pulzar.polyglot.pool.PoolFixture.HEAP;
import static io.pulzar.polyglot.pool.PoolFixture.LONG;
import static io.pulzar.polyglot.pool.PoolFixture.call;
import static io.pulzar.polyglot.pool.PoolFixture.end;
import static io.pulzar.polyglot.pool.PoolFixture.open;
import static io.pulzar.polyglot.pool.PoolFixture.run;
import static io.pulzar.polyglot.pool.PoolFixture.settings;
import static io.pulzar.polyglot.pool.PoolFixture.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.Await;
import io.pulzar.polyglot.Finished;
import io.pulzar.polyglot.HostCalls;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.Outcome.Canceled;
import io.pulzar.polyglot.Outcome.Completed;
import io.pulzar.polyglot.Outcome.Crashed;
import io.pulzar.polyglot.Run;
import io.pulzar.polyglot.RunListener;
import io.pulzar.polyglot.RuntimeFullException;
import io.pulzar.polyglot.RuntimeSettings.Patience;
import io.pulzar.polyglot.RuntimeSettings.Workers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets which worker, and what a caller sees of it. */
@Tag("slow")
final class WorkerPoolTest {

  @TempDir Path directory;

  @Test
  void aCallRunsAndReturnsItsValue() throws Exception {
    try (WorkerPool pool = open(settings(directory, 1, 1, 10))) {
      assertThat(run(pool, "echo", "{\"n\":5}")).isEqualTo(new Completed("{\"n\":5}"));
    }
  }

  @Test
  void theUsageOfTheWorkerIsReported() throws Exception {
    try (WorkerPool pool = open(settings(directory, 1, 1, 10))) {
      Finished finished = end(start(pool, call("echo", "1")));
      assertThat(finished.usage().cpu()).isEqualTo(Duration.ofNanos(1000));
      assertThat(finished.usage().peakMemoryBytes()).isEqualTo(2000);
      assertThat(finished.usage().queued()).isPositive();
      assertThat(finished.usage().ran()).isPositive();
    }
  }

  @Test
  void aListenerHearsEverythingInOrderBeforeTheEnd() throws Exception {
    List<String> heard = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void started() {
            heard.add("started");
          }

          @Override
          public void log(String lines) {
            heard.add(lines);
          }

          @Override
          public void output(String part) {
            heard.add(part);
          }
        };
    try (WorkerPool pool = open(settings(directory, 1, 1, 10))) {
      end(pool.start(call("talk", ""), listener));
    }
    Stream<String> talk =
        IntStream.range(0, 100).boxed().flatMap(i -> Stream.of("line " + i + "\n", "part " + i));
    assertThat(heard).containsExactlyElementsOf(Stream.concat(Stream.of("started"), talk).toList());
  }

  @Test
  void aListenerThatFailsDoesNotHarmTheRun() throws Exception {
    RunListener broken =
        new RunListener() {
          @Override
          public void log(String lines) {
            throw new IllegalStateException("broken on purpose");
          }
        };
    RunListener erring =
        new RunListener() {
          @Override
          public void started() {
            throw new NoClassDefFoundError("an error on purpose");
          }
        };
    try (WorkerPool pool = open(settings(directory, 1, 1, 10))) {
      for (RunListener listener : List.of(broken, erring)) {
        assertThat(end(pool.start(call("talk", ""), listener)).outcome())
            .isEqualTo(new Completed("null"));
      }
    }
  }

  @Test
  void callsWaitInOrder() throws Exception {
    Path gate = directory.resolve("gate");
    List<String> order = new ArrayList<>();
    try (WorkerPool pool = open(settings(directory, 1, 1, 100))) {
      Run first = start(pool, call("wait-for-file", gate.toString()));
      List<Run> waiting = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String number = Integer.toString(i);
        waiting.add(
            pool.start(
                call("echo", number),
                new RunListener() {
                  @Override
                  public void started() {
                    order.add(number);
                  }
                }));
      }
      Files.createFile(gate);
      end(first);
      for (Run run : waiting) {
        end(run);
      }
    }
    assertThat(order)
        .containsExactlyElementsOf(IntStream.range(0, 20).mapToObj(Integer::toString).toList());
  }

  @Test
  void aFullQueueRefuses() throws Exception {
    Path gate = directory.resolve("gate");
    try (WorkerPool pool = open(settings(directory, 1, 1, 1))) {
      Run first = start(pool, call("wait-for-file", gate.toString()));
      Await.until("the first runs", () -> pool.status().busy() == 1);
      Run second = start(pool, call("echo", "2"));

      assertThatThrownBy(() -> start(pool, call("echo", "3")))
          .isInstanceOf(RuntimeFullException.class)
          .hasMessageContaining("1 calls wait already");

      Files.createFile(gate);
      assertThat(end(first).outcome()).isEqualTo(new Completed("true"));
      assertThat(end(second).outcome()).isEqualTo(new Completed("2"));
    }
  }

  @Test
  void aScriptReturnsToTheWorkerThatKeptItsContext() throws Exception {
    Path gate = directory.resolve("gate");
    try (WorkerPool pool = open(settings(directory, 2, 2, 10))) {
      Await.until("both are ready", () -> pool.status().workers().size() == 2);
      Run blocker = start(pool, call("wait-for-file", gate.toString()));
      Outcome home = run(pool, "pid", "");
      Files.createFile(gate);
      end(blocker);

      for (int i = 0; i < 10; i++) {
        assertThat(run(pool, "pid", "")).isEqualTo(home);
        assertThat(run(pool, "echo", "other")).isEqualTo(new Completed("other"));
      }
    }
  }

  @Test
  void aCallThatWaitsTooLongGetsANewWorker() throws Exception {
    Path gate = directory.resolve("gate");
    try (WorkerPool pool = open(settings(directory, 2, 1, 10))) {
      Run blocker = start(pool, call("wait-for-file", gate.toString()));
      assertThat(run(pool, "echo", "1")).isEqualTo(new Completed("1"));
      Files.createFile(gate);
      end(blocker);
    }
  }

  @Test
  void neverMoreRunsThanSlotsGoOn() throws Exception {
    Path gate = directory.resolve("gate");
    try (WorkerPool pool = open(settings(directory, 2, 1, 10))) {
      List<Run> runs = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        runs.add(start(pool, call("wait-for-file", gate.toString())));
      }
      // Two that run and a replacement in waiting.
      Await.until("all workers are there", () -> pool.status().workers().size() == 3);
      assertThat(pool.status().busy()).isEqualTo(2);
      assertThat(pool.status().waiting()).isEqualTo(3);
      Files.createFile(gate);
      for (Run run : runs) {
        end(run);
      }
    }
  }

  @Test
  void aCallThatNeedsMoreMemoryGetsAWorkerOfThatSize() throws Exception {
    try (WorkerPool pool = open(settings(directory, 2, 1, 10))) {
      Outcome small = run(pool, "pid", "");
      Outcome large = run(pool, call("pid", "", LONG, HEAP + 1, HostCalls.NONE));

      assertThat(large).isNotEqualTo(small);
      assertThat(run(pool, call("pid", "", LONG, 2 * HEAP, HostCalls.NONE))).isEqualTo(large);
      assertThat(run(pool, "pid", "")).isEqualTo(small);
      assertThat(run(pool, call("die-of-memory", "", LONG, 2 * HEAP, HostCalls.NONE)))
          .isEqualTo(new Outcome.OutOfMemory(2 * HEAP));
    }
  }

  @Test
  void aLargeWorkerTakesTheOnlySlotAndGivesItBack() throws Exception {
    try (WorkerPool pool = open(settings(directory, 1, 1, 10))) {
      assertThat(run(pool, "echo", "1")).isEqualTo(new Completed("1"));
      assertThat(run(pool, call("echo", "2", LONG, 2 * HEAP, HostCalls.NONE)))
          .isEqualTo(new Completed("2"));
      assertThat(run(pool, "echo", "3")).isEqualTo(new Completed("3"));
    }
  }

  @Test
  void moreMemoryThanAllowedIsRefusedWithTheSettingToChange() throws Exception {
    try (WorkerPool pool = open(settings(directory, 1, 1, 10))) {
      assertThat(run(pool, call("echo", "", LONG, 5 * HEAP, HostCalls.NONE)))
          .isInstanceOfSatisfying(
              Crashed.class,
              crashed -> assertThat(crashed.reason()).contains("pulzar.workers.max-heap"));
    }
  }

  @Test
  void aWaitingRunIsCanceledAtOnce() throws Exception {
    Path gate = directory.resolve("gate");
    try (WorkerPool pool = open(settings(directory, 1, 1, 10))) {
      Run blocker = start(pool, call("wait-for-file", gate.toString()));
      Await.until("it runs", () -> pool.status().busy() == 1);
      Run waiting = start(pool, call("echo", ""));
      waiting.cancel();
      assertThat(end(waiting).outcome()).isEqualTo(new Canceled());
      assertThat(pool.status().waiting()).isZero();
      Files.createFile(gate);
      end(blocker);
    }
  }

  @Test
  void cancelingAfterTheEndChangesNothing() throws Exception {
    try (WorkerPool pool = open(settings(directory, 1, 1, 10))) {
      Run run = start(pool, call("echo", "1"));
      end(run);
      run.cancel();
      assertThat(end(run).outcome()).isEqualTo(new Completed("1"));
      assertThat(run(pool, "echo", "2")).isEqualTo(new Completed("2"));
    }
  }

  @Test
  void idleWorkersAboveTheMinimumRetire() throws Exception {
    Path gate = directory.resolve("gate");
    Workers workers = new Workers(3, 1, 10, Duration.ofMillis(100));
    Patience patience = new Patience(LONG, Duration.ofSeconds(1), Duration.ofMillis(20));
    try (WorkerPool pool = open(settings(directory, workers, patience))) {
      List<Run> runs = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        runs.add(start(pool, call("wait-for-file", gate.toString())));
      }
      Await.until("all run", () -> pool.status().busy() == 3);
      Files.createFile(gate);
      for (Run run : runs) {
        end(run);
      }
      Await.until("one is left", () -> pool.status().workers().size() == 1);
    }
  }

  @Test
  void aWorkerIsReplacedAfterItsLastRunWithoutAGap() throws Exception {
    Workers workers = new Workers(1, 1, 10, LONG);
    Patience patience = new Patience(LONG, Duration.ofSeconds(1), Duration.ofMillis(20));
    try (WorkerPool pool = open(settings(directory, workers, patience, 3))) {
      Outcome first = run(pool, "pid", "");
      run(pool, "pid", "");
      assertThat(run(pool, "pid", "")).isEqualTo(first);
      Await.until(
          "another one is there alone",
          () ->
              pool.status().workers().size() == 1
                  && !new Completed(pool.status().workers().getFirst().toString()).equals(first));
      assertThat(run(pool, "pid", "")).isNotEqualTo(first);
    }
  }

  @Test
  void closingCancelsWhatRunsAndWhatWaitsAndLeavesNoProcess() throws Exception {
    WorkerPool pool = open(settings(directory, 1, 1, 10));
    Run running = start(pool, call("ignore-everything", ""));
    Await.until("it runs", () -> pool.status().busy() == 1);
    Run waiting = start(pool, call("echo", ""));
    List<ProcessHandle> processes =
        pool.status().workers().stream().map(pid -> ProcessHandle.of(pid).orElseThrow()).toList();
    assertThat(processes).isNotEmpty();

    pool.close();

    assertThat(end(running).outcome()).isEqualTo(new Canceled());
    assertThat(end(waiting).outcome()).isEqualTo(new Canceled());
    assertThat(processes).noneMatch(ProcessHandle::isAlive);
    assertThatThrownBy(() -> start(pool, call("echo", "")))
        .isInstanceOf(IllegalStateException.class);
  }
}
