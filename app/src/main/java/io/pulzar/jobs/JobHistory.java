package io.pulzar.jobs;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.pulzar.http.Times;
import io.pulzar.jobs.JobState.Pending;
import io.pulzar.jobs.JobTables.Kind;
import io.pulzar.storage.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What clients read about jobs, past and present. */
final class JobHistory {

  private final JobStore store;
  private final RunSearch search;
  private final StoredData data;
  private final JobNodes nodes;
  private final JobTraces traces;
  private final Clock clock;
  private final JsonMapper json;

  JobHistory(
      JobStore store,
      RunSearch search,
      StoredData data,
      JobNodes nodes,
      JobTraces traces,
      Clock clock,
      JsonMapper json) {
    this.json = json;
    this.nodes = nodes;
    this.traces = traces;
    this.data = data;
    this.store = store;
    this.search = search;
    this.clock = clock;
  }

  JobViews.Details details(JobRecord job) {
    return details(job, true);
  }

  /**
   * @param withLog whether log and output are wanted, which may be long
   */
  JobViews.Details details(JobRecord job, boolean withLog) {
    Instant now = clock.instant();
    return JobViews.details(
        job,
        withLog ? store.pieces(job.id()) : List.of(),
        data.filesOf(job.id()),
        store.result(job.id()).map(this::read),
        waiting(job, now),
        traces.of(job.id()),
        now);
  }

  private JsonNode read(String result) {
    try {
      JsonNode read = json.readValue(result, Argument.of(JsonNode.class));
      return read == null ? JsonNode.nullNode() : read;
    } catch (IOException e) {
      throw new UncheckedIOException("a worker writes results that are JSON", e);
    }
  }

  /** What the last attempt that wrote set as its output. */
  String output(long id) {
    return JobViews.output(store.pieces(id));
  }

  /** Why a pending job can't start now. */
  private Optional<String> waiting(JobRecord job, Instant now) {
    if (!(job.state() instanceof Pending(Instant notBefore))) {
      return Optional.empty();
    }
    return notBefore.isAfter(now)
        ? Optional.of("it is tried again at " + Times.utc(notBefore))
        : nodes.obstacle(PlacementConstraint.of(job.submission()));
  }

  String log(long id) {
    return JobViews.log(store.pieces(id));
  }

  /** Pending and running jobs, the newest first. */
  List<JobViews.Row> pendings(int limit) {
    return newestOf(Kind.PENDING, Kind.RUNNING, limit);
  }

  private List<JobViews.Row> newestOf(Kind one, Kind other, int limit) {
    return Stream.concat(store.newest(one, limit).stream(), store.newest(other, limit).stream())
        .sorted(Comparator.comparingLong(ListedJob::id).reversed())
        .limit(limit)
        .map(JobViews::numbered)
        .toList();
  }

  List<JobViews.Row> completed(int limit) {
    return store.newest(Kind.COMPLETED, limit).stream().map(JobViews::numbered).toList();
  }

  /** Failed and canceled jobs, the newest first. */
  List<JobViews.Row> failed(int limit) {
    return newestOf(Kind.FAILED, Kind.CANCELED, limit);
  }

  /** Those that a client looks for, the newest first. */
  FoundRuns find(RunFilter filter, int limit) {
    Instant now = clock.instant();
    RunSearch.Page page = search.find(filter, limit);
    return new FoundRuns(
        page.runs().stream().map(job -> JobViews.found(job, now)).toList(), page.next());
  }

  /** One page of what was found, and where to go on. */
  record FoundRuns(List<JobViews.Found> runs, OptionalLong next) {}

  List<Entry<OutputChunkKey, OutputChunk>> piecesAfter(OutputChunkKey key, int limit) {
    return store.piecesAfter(key, limit);
  }
}
