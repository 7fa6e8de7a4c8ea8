package io.pulzar.jobs;

import io.pulzar.http.Times;
import io.pulzar.jobs.JobState.Pending;
import io.pulzar.jobs.JobTables.Kind;
import io.pulzar.storage.Entry;
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
  private final Clock clock;

  JobHistory(JobStore store, RunSearch search, StoredData data, JobNodes nodes, Clock clock) {
    this.nodes = nodes;
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
        waiting(job, now),
        now);
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
    return Stream.concat(
            store.newest(Kind.PENDING, limit).stream(), store.newest(Kind.RUNNING, limit).stream())
        .sorted(Comparator.comparingLong(ListedJob::id).reversed())
        .limit(limit)
        .map(JobViews::numbered)
        .toList();
  }

  List<JobViews.Row> completed(int limit) {
    return store.newest(Kind.COMPLETED, limit).stream().map(JobViews::numbered).toList();
  }

  List<JobViews.Row> failed(int limit) {
    return store.newest(Kind.FAILED, limit).stream().map(JobViews::numbered).toList();
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
