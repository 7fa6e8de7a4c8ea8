package io.pulzar.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.http.ApiException;
import io.pulzar.jobs.JobOperations.AttemptResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunSearchTest {

  private static final LeaseHolder NODE = new LeaseHolder("one", "life");

  @TempDir private Path directory;
  private MasterFixture master;
  private RunSearch search;

  @BeforeEach
  void open() {
    master = new MasterFixture(directory);
    search = new RunSearch(master.database);
  }

  @AfterEach
  void close() {
    master.close();
  }

  @Test
  void pagesHoldEachRunOnceAndTheNewestFirst() {
    for (int n = 0; n < 25; n++) {
      accept("a/b", "{}", Optional.empty());
    }
    assertThat(pages(Map.of(), 10)).containsExactly(down(25, 16), down(15, 6), down(5, 1));
    assertThat(pages(Map.of(), 25)).startsWith(down(25, 1));
  }

  @Test
  void statesAreMergedInTheOrderOfTheirIds() {
    for (int n = 0; n < 12; n++) {
      master.submit();
    }
    for (int n = 0; n < 9; n++) {
      AttemptResult end = n % 2 == 0 ? AttemptResult.COMPLETED : AttemptResult.FAILED;
      master.finish(NODE, master.take(NODE), end);
    }
    assertThat(all(Map.of("state", "failed"), 2)).containsExactly(8L, 6L, 4L, 2L);
    assertThat(all(Map.of("state", "completed,failed"), 4)).isEqualTo(down(9, 1));
    assertThat(all(Map.of("state", "pending,running"), 2)).isEqualTo(down(12, 10));
    assertThat(all(Map.of("state", "canceled"), 2)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "script, a/b, 1",
    "script, a/, 2 1",
    "script, a, ''",
    "text, B/LOUD, 3",
    "text, secret, 2",
    "text, 3, 3",
    "schedule, 7, 3",
    "node, one, 1",
    "node, two, ''"
  })
  void aRunIsFoundByWhatIsKnownOfIt(String name, String value, String expected) {
    accept("a/b", "{}", Optional.empty());
    accept("a/c/d", "{\"x\": \"Secret\"}", Optional.empty());
    accept("b/loud", "{}", Optional.of(7L));
    master.dispatcher.offer(master.job(1));
    master.finish(NODE, master.take(NODE), AttemptResult.COMPLETED);
    assertThat(all(Map.of(name, value), 10).stream().map(String::valueOf))
        .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.split(" ", -1)));
  }

  @Test
  void aRunIsFoundByTheTextOfItsError() {
    master.submit();
    master.finish(NODE, master.take(NODE), AttemptResult.FAILED);
    assertThat(all(Map.of("text", "Broken"), 10)).containsExactly(1L);
  }

  @Test
  void timesLimitBothEnds() {
    Instant begin = master.clock.instant();
    for (int n = 0; n < 10; n++) {
      accept("a/b", "{}", Optional.empty());
      master.clock.advance(Duration.ofMinutes(1));
    }
    String third = begin.plus(Duration.ofMinutes(2)).toString();
    String fifth = begin.plus(Duration.ofMinutes(4)).toString();
    assertThat(all(Map.of("since", third, "until", fifth), 2)).containsExactly(5L, 4L, 3L);
    assertThat(all(Map.of("until", begin.minusSeconds(1).toString()), 2)).isEmpty();
    assertThat(all(Map.of("since", begin.plus(Duration.ofHours(1)).toString()), 2)).isEmpty();
  }

  @Test
  void aLongSearchStopsAndSaysWhereToGoOn() {
    List<JobRecord> jobs = new ArrayList<>();
    for (long id = 1; id <= 45_000; id++) {
      jobs.add(
          JobRecord.accepted(id, submission(id == 5 ? "rare" : "a/b", "{}"), Instant.EPOCH, 1));
    }
    master.database.writeAndWait(
        tx -> {
          jobs.forEach(job -> tx.put(JobTables.JOBS, job.id(), job));
          return true;
        });
    RunSearch.Page first = search.find(filter(Map.of("text", "rare")), 10);
    assertThat(first.runs()).isEmpty();
    assertThat(first.next()).isEqualTo(OptionalLong.of(35_001));
    assertThat(all(Map.of("text", "rare"), 10)).containsExactly(5L);
    master.restart();
    RunSearch.Page byScript = search.find(filter(Map.of("script", "rare")), 10);
    assertThat(byScript.runs()).as("found by the index, which the start has made").hasSize(1);
    assertThat(byScript.next()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"state,lost", "since,yesterday", "until,2026-11-21", "after,x", "schedule,-1"})
  void whatHasNoMeaningIsRefusedByItsName(String name, String value) {
    assertThatThrownBy(() -> filter(Map.of(name, value)))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining(name);
  }

  @Test
  void timesAreReadAsTheApiWritesThem() {
    Instant time = Instant.parse("2026-11-21T07:40:00Z");
    assertThat(filter(Map.of("since", "2026-11-21 07:40:00+00:00")).since()).contains(time);
    assertThat(filter(Map.of("since", "2026-11-21 07:40:00 00:00")).since()).contains(time);
    assertThat(filter(Map.of("since", "2026-11-21T08:40:00+01:00")).since()).contains(time);
  }

  private void accept(String path, String parameters, Optional<Long> schedule) {
    Submission submission =
        new Submission(path, parameters, Optional.empty(), Optional.empty(), schedule);
    MasterFixture.join(
        () -> master.store.accept(submission, Optional.empty(), master.clock.instant()));
  }

  private static Submission submission(String path, String parameters) {
    return new Submission(path, parameters, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private List<Long> all(Map<String, String> query, int limit) {
    return pages(query, limit).stream().flatMap(List::stream).toList();
  }

  private List<List<Long>> pages(Map<String, String> query, int limit) {
    List<List<Long>> pages = new ArrayList<>();
    RunFilter filter = filter(query);
    while (true) {
      RunSearch.Page page = search.find(filter, limit);
      pages.add(page.runs().stream().map(JobRecord::id).toList());
      if (page.next().isEmpty()) {
        return pages;
      }
      filter = filter.behind(page.next().getAsLong());
    }
  }

  private static RunFilter filter(Map<String, String> query) {
    return RunFilter.of(
        query.get("state"),
        query.get("script"),
        query.get("node"),
        query.get("schedule"),
        query.get("since"),
        query.get("until"),
        query.get("text"),
        query.get("after"));
  }

  private static List<Long> down(long from, long to) {
    return LongStream.rangeClosed(0, from - to).mapToObj(n -> from - n).toList();
  }
}
