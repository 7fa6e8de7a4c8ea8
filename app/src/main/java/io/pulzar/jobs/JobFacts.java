package io.pulzar.jobs;

import static io.pulzar.jobs.JobTables.BY_KIND;
import static io.pulzar.jobs.JobTables.JOBS;

import io.pulzar.http.Excerpt;
import io.pulzar.jobs.JobState.Ended;
import io.pulzar.jobs.JobState.Pending;
import io.pulzar.jobs.JobState.Running;
import io.pulzar.jobs.JobTables.Kind;
import io.pulzar.jobs.JobTables.KindKey;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** What another feature can find out about jobs, in a transaction of its own tables. */
public final class JobFacts {

  /**
   * The end of a job.
   *
   * @param error why it failed, for its author, with secrets masked; its beginning
   * @param node who ran its last attempt
   */
  public record End(
      Optional<Instant> started, Optional<String> node, Optional<Excerpt> error, int attempts) {}

  /**
   * A job whose script has yet to begin.
   *
   * @param since when it could have begun: a retry waits from its moment on
   */
  public record Waiting(long id, String script, Instant since) {}

  private JobFacts() {}

  /**
   * The end of a job; empty when it is not over, and when it is not kept any more.
   *
   * @param errorBytes of its error at most
   */
  public static Optional<End> end(ReadTransaction tx, long id, int errorBytes) {
    return tx.getReadable(JOBS, id)
        .flatMap(
            job ->
                job.state() instanceof Ended ended
                    ? Optional.of(
                        new End(
                            ended.started(),
                            ended.node(),
                            ended.error().map(error -> Excerpt.of(error, errorBytes)),
                            job.attempts().number()))
                    : Optional.empty());
  }

  /**
   * The jobs that have waited since before a moment, in the queue or at a node, those that were
   * accepted first come first.
   *
   * @param most how many are looked at
   */
  public static List<Waiting> waitingSince(ReadTransaction tx, Instant before, int most) {
    List<Waiting> waiting = new ArrayList<>();
    AtomicInteger looked = new AtomicInteger();
    for (Kind kind : List.of(Kind.PENDING, Kind.RUNNING)) {
      tx.scanKeys(
          BY_KIND,
          Range.from(new KindKey(kind, 0)).upTo(new KindKey(kind, Long.MAX_VALUE)),
          key -> {
            Optional<JobRecord> job = tx.getReadable(JOBS, key.job());
            job.flatMap(JobFacts::waits)
                .filter(one -> one.since().isBefore(before))
                .ifPresent(waiting::add);
            // Jobs are numbered as they are accepted: later ones have waited for less.
            return looked.incrementAndGet() < most
                && job.map(one -> one.created().isBefore(before)).orElse(true);
          });
    }
    return waiting;
  }

  private static Optional<Waiting> waits(JobRecord job) {
    return switch (job.state()) {
      case Pending(Instant notBefore) -> Optional.of(waiting(job, notBefore));
      case Running running when !running.begun() ->
          Optional.of(
              waiting(job, job.attempts().number() == 1 ? job.created() : running.started()));
      case Running _, Ended _ -> Optional.empty();
    };
  }

  private static Waiting waiting(JobRecord job, Instant since) {
    return new Waiting(job.id(), job.submission().path(), since);
  }
}
