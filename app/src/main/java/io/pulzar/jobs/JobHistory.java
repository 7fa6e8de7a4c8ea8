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
import java.util.stream.Stream;

/** What clients read about jobs, past and present. */
final class JobHistory {

  private final JobStore store;
  private final StoredData data;
  private final JobNodes nodes;
  private final Clock clock;

  JobHistory(JobStore store, StoredData data, JobNodes nodes, Clock clock) {
    this.nodes = nodes;
    this.data = data;
    this.store = store;
    this.clock = clock;
  }

  JobViews.Details details(JobRecord job) {
    Instant now = clock.instant();
    return JobViews.details(
        job, store.pieces(job.id()), data.filesOf(job.id()), waiting(job, now), now);
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
        .sorted(Comparator.comparingLong(JobRecord::id).reversed())
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

  List<JobViews.Row> all(int limit) {
    return store.newest(limit).stream().map(JobViews::worded).toList();
  }

  List<Entry<OutputChunkKey, OutputChunk>> piecesAfter(OutputChunkKey key, int limit) {
    return store.piecesAfter(key, limit);
  }
}
