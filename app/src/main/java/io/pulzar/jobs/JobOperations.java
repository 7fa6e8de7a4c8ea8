package io.pulzar.jobs;

import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.link.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a node asks the master about jobs.
 *
 * <p>A node opens one {@link #TAKE} for each free slot and keeps one {@link #HOLD} open, which
 * renews its leases and brings it the master's orders at once. {@link #WRITE} and {@link #FINISH}
 * report; both may be repeated until an answer comes.
 */
public final class JobOperations {

  /** How long the master keeps a question open for which there is nothing yet. */
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  public static final Operation<Take, PollReply> TAKE =
      Operation.of("jobs.take", Take.class, PollReply.class).patient(PATIENCE.plusSeconds(10));

  public static final Operation<RenewLeases, Commands> HOLD =
      Operation.of("jobs.hold", RenewLeases.class, Commands.class)
          .patient(PATIENCE.plusSeconds(10));

  public static final Operation<Write, Ack> WRITE =
      Operation.of("jobs.write", Write.class, Ack.class).patient(Duration.ofSeconds(30));

  public static final Operation<Finish, Ack> FINISH =
      Operation.of("jobs.finish", Finish.class, Ack.class).patient(Duration.ofSeconds(30));

  /** Node to master, for a script: start this job. Fails like the launch of a client. */
  public static final Operation<LaunchQuestion, Launched> LAUNCH =
      Operation.of("jobs.launch", LaunchQuestion.class, Launched.class)
          .patient(Duration.ofSeconds(30));

  /** Node to master, for a script: tell when this job has ended, or when your patience has. */
  public static final Operation<JobQuestion, Awaited> AWAIT =
      Operation.of("jobs.await", JobQuestion.class, Awaited.class)
          .patient(PATIENCE.plusSeconds(10));

  /** Node to master, for a script: cancel this job; not accepted when it has ended. */
  public static final Operation<JobQuestion, Ack> CANCEL =
      Operation.of("jobs.cancel", JobQuestion.class, Ack.class).patient(Duration.ofSeconds(30));

  /** Node to master, for a script: which script does this job run? */
  public static final Operation<JobQuestion, ScriptOfJob> SCRIPT =
      Operation.of("jobs.script", JobQuestion.class, ScriptOfJob.class);

  /** The parameter that names a stored value for the script to read. */
  public static final String DATA = "pulzar_data";

  /** A script as scripts name it, with or without its ending, as the catalog names it. */
  public static String scriptOf(String path) {
    return path.endsWith(".py") ? path.substring(0, path.length() - ".py".length()) : path;
  }

  /**
   * A job to start.
   *
   * @param parameters a JSON object
   */
  @Serdeable
  public record LaunchQuestion(String path, String parameters) {}

  @Serdeable
  public record Launched(long job) {}

  /**
   * A job that is asked about.
   *
   * @param patience how long to wait for its end, at most {@link #PATIENCE}
   */
  @Serdeable
  public record JobQuestion(long job, Duration patience) {}

  @Serdeable
  public record ScriptOfJob(String path) {}

  /** The details of an ended job, as JSON; empty: it goes on. */
  @Serdeable
  public record Awaited(Optional<String> details) {}

  /** Asks for one job. */
  @Serdeable
  public record Take(LeaseHolder lessee) {}

  /** One job, or none for now. */
  @Serdeable
  public record PollReply(Optional<LeasedJob> lease) {
    public static final PollReply NOTHING = new PollReply(Optional.empty());
  }

  /** One attempt of one job. */
  @Serdeable
  public record AttemptId(long job, int attempt) {}

  /**
   * What a node holds; its leases are renewed with it.
   *
   * @param leaving the node stops: its questions for jobs are answered with nothing
   */
  @Serdeable
  public record RenewLeases(LeaseHolder lessee, List<AttemptId> attempts, boolean leaving) {}

  /**
   * The master's orders.
   *
   * @param cancel attempts to stop and to report as canceled
   * @param forget attempts to stop without a report: somebody else has the job
   * @param renewWithin how soon the node must ask again to keep its leases
   */
  @Serdeable
  public record Commands(List<AttemptId> cancel, List<AttemptId> forget, Duration renewWithin) {}

  /** What an attempt wrote; {@code sequence} counts its pieces from 0. */
  @Serdeable
  public record Write(LeaseHolder lessee, AttemptId attempt, int sequence, OutputChunk piece) {}

  /**
   * The end of an attempt with the rest of what it wrote.
   *
   * @param result what it returned, as JSON
   * @param asked what it asked of its server, where the job stands in a trace
   */
  @Serdeable
  public record Finish(
      LeaseHolder lessee,
      AttemptId attempt,
      int sequence,
      OutputChunk rest,
      AttemptResult ending,
      String error,
      Optional<String> result,
      Optional<RunUsage> usage,
      Optional<AskedCalls> asked) {}

  /** How an attempt ended, as its node saw it. */
  public enum AttemptResult {
    COMPLETED,
    FAILED,
    CANCELED,
    /** The node stops and could not run it to its end. */
    RETURNED
  }

  /** Whether the report was stored; if not, the attempt is no longer the one that counts. */
  @Serdeable
  public record Ack(boolean accepted) {}

  private JobOperations() {}
}
