package io.pulzar.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.jobs.JobOperations.AttemptResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunStatisticsTest {

  private static final LeaseHolder NODE = new LeaseHolder("one", "life");

  @TempDir private Path directory;
  private MasterFixture master;
  private Instant begin;

  @BeforeEach
  void open() {
    master = new MasterFixture(directory);
    begin = master.clock.instant();
  }

  @AfterEach
  void close() {
    master.close();
  }

  @Test
  void whatEndedBeforeTheFirstQuestionAndAfterItCountsOnce() {
    RunStatistics statistics = statistics();
    end(AttemptResult.COMPLETED);
    master.clock.advance(RunStatistics.STEP);
    end(AttemptResult.FAILED);
    assertThat(counts(statistics)).containsExactly("1 0", "0 1");
    end(AttemptResult.FAILED);
    master.clock.advance(RunStatistics.STEP);
    end(AttemptResult.COMPLETED);
    assertThat(counts(statistics)).containsExactly("1 0", "0 2", "1 0");
  }

  @Test
  void aNewStartOfTheMasterKnowsWhatEndedBefore() {
    end(AttemptResult.COMPLETED);
    end(AttemptResult.FAILED);
    master.restart();
    assertThat(counts(statistics())).containsExactly("1 1");
  }

  @Test
  void durationsAreThoseFromStartToEnd() {
    RunStatistics statistics = statistics();
    master.submit();
    var attempt = master.take(NODE);
    master.clock.advance(Duration.ofSeconds(10));
    master.finish(NODE, attempt, AttemptResult.COMPLETED);
    DurationHistogram all = new DurationHistogram();
    statistics.steps(begin).forEach(step -> all.addAll(step.durations));
    assertThat(all.quantile(0.5)).isBetween(9_000.0, 11_000.0);
  }

  @Test
  void whatIsOlderThanAWeekIsForgotten() {
    RunStatistics statistics = statistics();
    end(AttemptResult.COMPLETED);
    assertThat(counts(statistics)).containsExactly("1 0");
    master.clock.advance(RunStatistics.KEPT.plus(RunStatistics.STEP));
    end(AttemptResult.COMPLETED);
    assertThat(counts(statistics).getFirst()).isEqualTo("0 0");
    assertThat(counts(statistics).getLast()).isEqualTo("1 0");
  }

  private RunStatistics statistics() {
    return new RunStatistics(master.database, master.clock, master.signals);
  }

  private void end(AttemptResult how) {
    master.submit();
    master.finish(NODE, master.take(NODE), how);
    master.settle();
  }

  private List<String> counts(RunStatistics statistics) {
    return statistics.steps(begin).stream()
        .map(step -> step.completed + " " + step.failed)
        .toList();
  }
}
