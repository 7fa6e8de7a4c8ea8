package io.pulzar.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.ChildJvm;
import io.pulzar.keys.WriteSteps;
import io.pulzar.keys.WriteSteps.Step;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process with the whole store dies, at every step of a write and of a removal and at any moment,
 * again and again on the same directory. The parent knows what was acknowledged and what was under
 * way.
 *
 * <p>{@code -Dpulzar.crashes=300} makes it die so often at each step; once by default.
 */
@Tag("slow")
final class CrashTest {

  private static final int CRASHES = Integer.getInteger("pulzar.crashes", 1);
  private static final long GONE = 0;

  @TempDir private Path directory;

  /** What is known of one key: 0 stands for no value. */
  private record Known(long acknowledged, long underWay) {}

  private final Map<String, Known> known = new HashMap<>();

  @ParameterizedTest
  @EnumSource(Step.class)
  void aCrashAtAnyStepLeavesOldOrNewAndNothingElse(Step step)
      throws IOException, InterruptedException {
    Random random = new Random(step.name().hashCode());
    for (int crash = 0; crash < CRASHES; crash++) {
      int process = crash;
      runUntilItDies(
          new ChildJvm(CrashingWriter.class)
              .start(
                  directory.toString(),
                  "" + (process * 31 + step.name().hashCode()),
                  step.name(),
                  "" + random.nextInt(2, 12)),
          Integer.MAX_VALUE);
      assertAllIsWell(step + " " + crash);
    }
  }

  @Test
  void aKillAtAnyMomentLeavesOldOrNewAndNothingElse() throws IOException, InterruptedException {
    for (int kill = 0; kill < 2 * CRASHES; kill++) {
      runUntilItDies(
          new ChildJvm(CrashingWriter.class)
              .start(directory.toString(), "" + kill, CrashingWriter.never(), "1"),
          new Random(kill).nextInt(10, 200));
      assertAllIsWell("kill " + kill);
    }
  }

  /** Kills it, the hard way, after so many lines. */
  private void runUntilItDies(Process process, int lines) throws IOException, InterruptedException {
    int seen = 0;
    StringBuilder other = new StringBuilder();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (!line.startsWith("begin ") && !line.startsWith("done ")) {
          other.append(line).append('\n');
          continue;
        }
        String[] words = line.split(" ", -1);
        seen++;
        String key = words[2];
        long body = Long.parseLong(words[3]);
        Known before = known.getOrDefault(key, new Known(GONE, GONE));
        known.put(
            key,
            words[0].equals("begin")
                ? new Known(before.acknowledged(), body)
                : new Known(body, body));
        if (seen == lines) {
          boolean _ = process.toHandle().destroyForcibly();
        }
      }
    }
    assertThat(process.waitFor()).isNotZero();
    assertThat(seen).as("what it did; it also said: %s", other).isPositive();
  }

  private void assertAllIsWell(String when) throws IOException, InterruptedException {
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2));
    try (WholeStore store = new WholeStore(directory, later, WriteSteps.NONE)) {
      Await.until("values that lost their keys are dropped", () -> !store.master.hasGarbage());
      for (Map.Entry<String, Known> entry : Map.copyOf(known).entrySet()) {
        String key = entry.getKey();
        long found = store.has(key) ? ByteBuffer.wrap(store.get(key)).getLong() : GONE;
        assertThat(found)
            .as("%s: %s", when, key)
            .isIn(entry.getValue().acknowledged(), entry.getValue().underWay());
        assertThat(store.master.has(key)).as("%s: %s", when, key).isEqualTo(found != GONE);
        if (found != GONE) {
          assertThat(store.get(key)).isEqualTo(CrashingWriter.body(found));
        }
        known.put(key, new Known(found, found));
      }
      store.store.tidy();
      Await.until("no file without its row", () -> everyFileHasItsRow(store));
      assertThat(store.hasDrafts(directory)).as(when).isFalse();
      assertThat(store.master.check(false)).as(when).isEmpty();
    }
  }

  private static boolean everyFileHasItsRow(WholeStore store) {
    try {
      return store.everyFileHasItsRow();
    } catch (IOException e) {
      return false;
    }
  }
}
