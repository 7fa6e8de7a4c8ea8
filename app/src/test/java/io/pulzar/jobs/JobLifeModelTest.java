package io.pulzar.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Cases;
import io.pulzar.jobs.JobOperations.AttemptId;
import io.pulzar.jobs.JobOperations.AttemptResult;
import io.pulzar.jobs.JobOperations.PollReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever nodes, clients, the clock and the master's own restarts do, and in whichever order: no
 * attempt is handed out twice, no more than one report ends a job, what has ended stays as it is,
 * and what was accepted ends.
 */
final class JobLifeModelTest {

  private static final int STEPS = 60;
  private static final List<String> NODES = List.of("one", "two", "three");

  /** What a node of the test believes to run. */
  private record Believed(LeaseHolder lessee, AttemptId attempt) {}

  private final Map<Long, String> ended = new HashMap<>();
  private final Set<Long> accepted = new HashSet<>();
  private final List<Believed> believed = new ArrayList<>();
  private final Map<String, Integer> lives = new HashMap<>();
  private final List<Map.Entry<LeaseHolder, CompletableFuture<PollReply>>> questions =
      new ArrayList<>();

  @Test
  void whatWasAcceptedEndsOnce() {
    Cases.each(60, seed -> new JobLifeModelTest().whatWasAcceptedEndsOnce(seed));
  }

  private void whatWasAcceptedEndsOnce(int seed) {
    RandomGenerator random = new Random(seed);
    Path directory = temporaryDirectory();
    try (MasterFixture master = new MasterFixture(directory)) {
      master.retries = random.nextInt(3);
      for (int step = 0; step < STEPS; step++) {
        act(master, random);
        gather(master);
        checkEndedStays(master);
      }
      drain(master);
      checkEndedStays(master);
      for (long job : accepted) {
        assertThat(master.state(job)).isIn("completed", "failed", "canceled");
      }
    } finally {
      delete(directory);
    }
  }

  private void act(MasterFixture master, RandomGenerator random) {
    switch (random.nextInt(12)) {
      case 0, 1, 2 ->
          accepted.add(
              master.submit(
                  random.nextInt(4) == 0 ? Optional.of(anyOf(random, NODES)) : Optional.empty()));
      case 3, 4, 5 -> ask(master, lessee(anyOf(random, NODES)));
      case 6, 7 -> report(master, random);
      case 8 -> master.pass(Duration.ofMillis(random.nextInt(20_000)));
      case 9 -> renew(master, lessee(anyOf(random, NODES)));
      case 10 -> cancelAny(master, random);
      default -> {
        if (random.nextBoolean()) {
          questions.clear();
          master.restart();
        } else {
          lives.merge(anyOf(random, NODES), 1, Integer::sum);
        }
      }
    }
  }

  private void ask(MasterFixture master, LeaseHolder lessee) {
    questions.add(Map.entry(lessee, master.ask(lessee)));
  }

  private void gather(MasterFixture master) {
    master.settle();
    questions.removeIf(
        question -> {
          if (!question.getValue().isDone()) {
            return false;
          }
          question
              .getValue()
              .join()
              .lease()
              .ifPresent(
                  lease -> {
                    master.noteHandedOut(lease.attempt());
                    believed.add(new Believed(question.getKey(), lease.attempt()));
                  });
          return true;
        });
  }

  private void report(MasterFixture master, RandomGenerator random) {
    if (believed.isEmpty()) {
      return;
    }
    // Left in the list, so that it is reported again later, when it must not count.
    Believed run = believed.get(random.nextInt(believed.size()));
    AttemptResult ending = anyOf(random, List.of(AttemptResult.values()));
    long job = run.attempt().job();
    boolean counts = master.finish(run.lessee(), run.attempt(), ending);
    if (counts) {
      assertThat(ended).doesNotContainKey(job);
    }
    noteEnd(master, job);
  }

  private void renew(MasterFixture master, LeaseHolder lessee) {
    AttemptId[] own =
        believed.stream()
            .filter(run -> run.lessee().equals(lessee))
            .map(Believed::attempt)
            .toArray(AttemptId[]::new);
    var _ = master.hold(lessee, own);
  }

  private void cancelAny(MasterFixture master, RandomGenerator random) {
    if (accepted.isEmpty()) {
      return;
    }
    long job = anyOf(random, List.copyOf(accepted));
    MasterFixture.join(() -> master.dispatcher.cancel(job));
    noteEnd(master, job);
  }

  private void noteEnd(MasterFixture master, long job) {
    if (master.job(job).state() instanceof JobState.Ended) {
      ended.putIfAbsent(job, master.state(job));
    }
  }

  private void checkEndedStays(MasterFixture master) {
    accepted.forEach(job -> noteEnd(master, job));
    ended.forEach((job, state) -> assertThat(master.state(job)).isEqualTo(state));
  }

  /** Lets every node work honestly until nothing is left. */
  private void drain(MasterFixture master) {
    for (int round = 0; round < 200 && ended.size() < accepted.size(); round++) {
      for (String node : NODES) {
        ask(master, lessee(node));
      }
      gather(master);
      for (Believed run : List.copyOf(believed)) {
        master.finish(run.lessee(), run.attempt(), AttemptResult.COMPLETED);
      }
      believed.clear();
      master.pass(Duration.ofSeconds(16));
      checkEndedStays(master);
    }
  }

  private LeaseHolder lessee(String node) {
    return new LeaseHolder(node, "life " + lives.getOrDefault(node, 0));
  }

  private static <T> T anyOf(RandomGenerator random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("job-life");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(directory);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
