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

import io.pulzar.Await;
import io.pulzar.Leftovers;
import io.pulzar.polyglot.Call;
import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.HostCalls;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.Outcome.Canceled;
import io.pulzar.polyglot.Outcome.Completed;
import io.pulzar.polyglot.Outcome.Crashed;
import io.pulzar.polyglot.Outcome.OutOfMemory;
import io.pulzar.polyglot.Outcome.Raised;
import io.pulzar.polyglot.Outcome.TimedOut;
import io.pulzar.polyglot.Run;
import io.pulzar.polyglot.RunListener;
import io.pulzar.polyglot.RuntimeSettings.Patience;
import io.pulzar.polyglot.RuntimeSettings.Workers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a worker does, its run ends with one outcome and the next run finds a worker. */
@Tag("slow")
final class WorkerFailureTest {

  @TempDir Path directory;

  private WorkerPool pool;

  @BeforeEach
  void openPool() throws Exception {
    pool = open(settings(directory, 1, 1, 10));
  }

  @AfterEach
  void closePool() throws InterruptedException {
    Leftovers.awaitNone(directory.resolve("scratch"));
    pool.close();
  }

  @ParameterizedTest
  @CsvSource({
    "die-on-start,      ended by itself (exit code 1)",
    "die-after-start,   ended by itself (exit code 7)",
    "die-in-log,        the stream ended within the length",
    "die-in-host-call,  ended by itself (exit code 7)",
    "garbage,           no message",
    "lie-about-run,     which is not here",
    "close-stdout,      killed",
    "flood,             more output than its limit",
  })
  void aWorkerThatDiesOrRavesFailsItsRunAndIsReplaced(String script, String reason)
      throws Exception {
    assertThat(run(pool, script, ""))
        .isInstanceOfSatisfying(
            Crashed.class, crashed -> assertThat(crashed.reason()).contains(reason));
    assertThat(run(pool, "echo", "next")).isEqualTo(new Completed("next"));
  }

  @Test
  void aWorkerThatDiesAfterTheEndHarmsNoRun() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(run(pool, "die-after-ended", "")).isEqualTo(new Completed("true"));
    }
    assertThat(run(pool, "echo", "next")).isEqualTo(new Completed("next"));
  }

  @Test
  void aRunThatItsWorkerNeverBeganIsGivenToAnother() throws Exception {
    Path marker = directory.resolve("died");
    assertThat(run(pool, "die-on-start-once", marker.toString())).isInstanceOf(Raised.class);
    assertThat(marker).exists();
  }

  @Test
  void aUsedUpHeapIsToldFromACrash() throws Exception {
    assertThat(run(pool, "die-of-memory", "")).isEqualTo(new OutOfMemory(HEAP));
    assertThat(run(pool, "echo", "next")).isEqualTo(new Completed("next"));
  }

  @Test
  void aWorkerKilledFromOutsideIsNamedAsThat() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    Run run =
        pool.start(
            call("hang", ""),
            new RunListener() {
              @Override
              public void started() {
                started.countDown();
              }
            });
    started.await();
    ProcessHandle.of(pool.status().workers().getFirst()).orElseThrow().destroyForcibly();

    assertThat(end(run).outcome())
        .isInstanceOfSatisfying(
            Crashed.class, crashed -> assertThat(crashed.reason()).contains("signal 9"));
    assertThat(run(pool, "echo", "next")).isEqualTo(new Completed("next"));
  }

  @Test
  void aWorkerThatIgnoresTheTimeLimitIsKilled() throws Exception {
    Duration limit = Duration.ofMillis(100);
    assertThat(run(pool, call("ignore-everything", "", limit, HEAP, HostCalls.NONE)))
        .isEqualTo(new TimedOut(limit));
    assertThat(run(pool, "echo", "next")).isEqualTo(new Completed("next"));
  }

  @Test
  void aWorkerThatIgnoresCancelingIsKilled() throws Exception {
    Run run = start(pool, call("ignore-everything", ""));
    Await.until("it runs", () -> pool.status().busy() == 1);
    run.cancel();
    assertThat(end(run).outcome()).isEqualTo(new Canceled());
    assertThat(run(pool, "echo", "next")).isEqualTo(new Completed("next"));
  }

  @Test
  void aWorkerThatObeysCancelingIsKept() throws Exception {
    Outcome before = run(pool, "pid", "");
    Run run = start(pool, call("hang", ""));
    run.cancel();
    assertThat(end(run).outcome()).isEqualTo(new Canceled());
    assertThat(run(pool, "pid", "")).isEqualTo(before);
  }

  @Test
  void aWorkerThatCallsItselfWornOutIsReplaced() throws Exception {
    Outcome before = run(pool, "pid", "");
    assertThat(run(pool, "worn", "")).isEqualTo(new Completed("true"));
    assertThat(run(pool, "pid", "")).isNotEqualTo(before);
  }

  @Test
  void aListenerThatBlocksIsNotTheWorkersFault() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    RunListener slow =
        new RunListener() {
          @Override
          public void started() {
            blocked.countDown();
            try {
              release.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
        };
    Outcome before = run(pool, "pid", "");
    Call call = call("echo", "1", Duration.ofMillis(1), HEAP, HostCalls.NONE);
    Run run = pool.start(call, slow);
    blocked.await();
    Run afterGrace = start(pool, call("echo", "2"));
    Await.until("the limit is long over", () -> pool.status().workers().size() == 2);
    release.countDown();
    assertThat(end(run).outcome()).isEqualTo(new Completed("1"));
    assertThat(end(afterGrace).outcome()).isEqualTo(new Completed("2"));
    assertThat(ProcessHandle.of(Long.parseLong(((Completed) before).value()))).isPresent();
  }

  @Test
  void theScratchDirectoryIsEmptyBeforeAndGoneAfter() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(run(pool, "scratch", "")).isEqualTo(new Completed("true"));
    }
    assertThat(run(pool, "scratch", "die")).isInstanceOf(Crashed.class);
    Leftovers.awaitNone(directory.resolve("scratch"));
  }

  @Test
  void scratchLeftByAnEarlierProcessIsSwept() throws Exception {
    pool.close();
    Path leftover = Files.createDirectories(directory.resolve("scratch/17/deep"));
    Files.createSymbolicLink(leftover.resolve("link"), directory);
    Files.createFile(directory.resolve("bystander"));
    pool = open(settings(directory, 1, 1, 10));
    Leftovers.awaitNone(directory.resolve("scratch"));
    assertThat(directory.resolve("bystander")).exists();
  }

  @Test
  void anAnswerOfTheHostReachesTheScript() throws Exception {
    HostCalls host = (name, arguments, scratch) -> "[\"" + name + "\"," + arguments + "]";
    assertThat(run(pool, call("host", "keys.page", LONG, HEAP, host)))
        .isEqualTo(new Completed("{\"ok\":[\"keys.page\",{\"a\":1}]}"));
  }

  @Test
  void aRefusalOfTheHostReachesTheScriptWithItsType() throws Exception {
    HostCalls host =
        (name, arguments, scratch) -> {
          throw new HostCallException("KeyError", "no \"key\"\n");
        };
    assertThat(run(pool, call("host", "x", LONG, HEAP, host)))
        .isEqualTo(
            new Completed(
                "{\"error\":{\"type\":\"KeyError\",\"message\":\"no \\\"key\\\"\\u000a\"}}"));
  }

  @Test
  void aFaultOfTheHostIsToldWithoutDetails() throws Exception {
    HostCalls host =
        (name, arguments, scratch) -> {
          throw new IllegalStateException("password=secret");
        };
    assertThat(run(pool, call("host", "x", LONG, HEAP, host)))
        .isInstanceOfSatisfying(
            Completed.class,
            completed ->
                assertThat(completed.value()).contains("RuntimeError").doesNotContain("secret"));
  }

  @Test
  void anErrorOfTheHostIsAnAnswerToo() throws Exception {
    HostCalls host =
        (name, arguments, scratch) -> {
          throw new StackOverflowError("on purpose");
        };
    assertThat(run(pool, call("host", "x", LONG, HEAP, host)))
        .isInstanceOfSatisfying(
            Completed.class,
            completed -> assertThat(completed.value()).contains("RuntimeError", "see its log"));
  }

  @Test
  void aSlowHostCallHoldsUpNeitherLogNorCancel() throws Exception {
    CountDownLatch logged = new CountDownLatch(1);
    HostCalls host =
        (name, arguments, scratch) -> {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return "null";
        };
    Run run =
        pool.start(
            call("host", "x", LONG, HEAP, host),
            new RunListener() {
              @Override
              public void log(String lines) {
                logged.countDown();
              }
            });
    logged.await();
    run.cancel();
    assertThat(end(run).outcome()).isEqualTo(new Canceled());
  }

  @Test
  void whenNoWorkerCanStartCallsAreToldWhy() throws Exception {
    AtomicInteger starts = new AtomicInteger();
    try (WorkerPool broken =
        WorkerPool.open(
            settings(directory.resolve("broken"), 1, 1, 10),
            heap -> {
              starts.incrementAndGet();
              return PoolFixture.startFake(heap, "die-before-ready");
            })) {
      assertThat(run(broken, "echo", ""))
          .isInstanceOfSatisfying(
              Crashed.class,
              crashed ->
                  assertThat(crashed.reason())
                      .contains("no Python worker can be started")
                      .contains("exit code 1")
                      .doesNotContain("no Python in this house"));
      assertThat(starts).hasValue(3);
    }
  }

  @Test
  void aWorkerThatStartsSlowlyOnABusyMachineIsNotGivenUp() throws Exception {
    Patience patience =
        new Patience(Duration.ofSeconds(2), Duration.ofMillis(100), Duration.ofMillis(20));
    try (WorkerPool slow =
        open(
            settings(directory.resolve("slow"), new Workers(1, 1, 10, LONG), patience),
            "slow-start")) {
      assertThat(run(slow, "echo", "1")).isEqualTo(new Completed("1"));
    }
  }

  @Test
  void aWorkerThatNeverGetsReadyIsGivenUp() throws Exception {
    Patience patience =
        new Patience(Duration.ofMillis(300), Duration.ofMillis(100), Duration.ofMillis(20));
    try (WorkerPool broken =
        open(
            settings(directory.resolve("broken"), new Workers(1, 1, 10, LONG), patience),
            "never-ready")) {
      assertThat(run(broken, "echo", ""))
          .isInstanceOfSatisfying(
              Crashed.class,
              crashed -> assertThat(crashed.reason()).contains("did not start in time"));
    }
  }
}
