package io.pulzar.polyglot.pool;

import static io.pulzar.polyglot.pool.PoolFixture.HEAP;
import static io.pulzar.polyglot.pool.PoolFixture.LONG;
import static io.pulzar.polyglot.pool.PoolFixture.open;
import static io.pulzar.polyglot.pool.PoolFixture.run;
import static io.pulzar.polyglot.pool.PoolFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.polyglot.Limits;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.Outcome.Completed;
import io.pulzar.polyglot.Outcome.Crashed;
import io.pulzar.polyglot.Script;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which scripts workers load ahead of their first call. */
final class PreparationsTest {

  private static final Limits LIMITS = new Limits(LONG, HEAP, 1 << 20, true);

  @TempDir Path directory;

  @Test
  void everyWorkerLoadsThemTheLaterOnesToo() throws Exception {
    try (WorkerPool pool = open(settings(directory, 1, 1, 10))) {
      pool.prepare(scripts("one", "two"), LIMITS);
      awaitLoaded(pool, "one", "two");
      assertThat(run(pool, "die-after-start", "")).isInstanceOf(Crashed.class);
      awaitLoaded(pool, "one", "two");
    }
  }

  @Test
  void oneThatCannotBeLoadedDoesNotKeepTheOthersFromIt() throws Exception {
    try (WorkerPool pool = open(settings(directory, 1, 1, 10))) {
      pool.prepare(scripts("unloadable", "two"), LIMITS);
      awaitLoaded(pool, "two");
    }
  }

  @Test
  void oneThatKillsItsWorkerIsNotLoadedAgain() throws Exception {
    try (WorkerPool pool = open(settings(directory, 1, 1, 10))) {
      pool.prepare(scripts("die-when-prepared", "two"), LIMITS);
      awaitLoaded(pool, "two");
    }
  }

  private static List<Script> scripts(String... names) {
    return Stream.of(names)
        .map(name -> new Script(Path.of("/extensions"), name, Script.Entry.EXTENSION))
        .toList();
  }

  /** The fake's script "contexts" names the contexts of the worker that runs it. */
  private static void awaitLoaded(WorkerPool pool, String... names) throws InterruptedException {
    Await.until(
        "they are loaded",
        () ->
            contexts(pool) instanceof Completed(String kept)
                && Stream.of(names).allMatch(name -> kept.contains("/extensions " + name)));
  }

  private static Outcome contexts(WorkerPool pool) {
    try {
      return run(pool, "contexts", "");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
