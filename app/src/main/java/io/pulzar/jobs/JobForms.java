package io.pulzar.jobs;

import io.pulzar.jobs.JobState.End;
import io.pulzar.jobs.JobState.Ended;
import io.pulzar.jobs.JobState.Pending;
import io.pulzar.jobs.JobState.Running;
import io.pulzar.storage.FieldReader;
import io.pulzar.storage.FieldWriter;
import io.pulzar.storage.KeyForm;
import io.pulzar.storage.ValueForm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How jobs and pieces are written to the disk. Numbers in it are part of the format. */
final class JobForms {

  private static final int PENDING = 0;
  private static final int RUNNING = 1;
  private static final int ENDED = 2;

  private JobForms() {}

  static final ValueForm<JobRecord> JOB = ValueForm.fields(JobForms::writeJob, JobForms::readJob);

  static final ValueForm<OutputChunk> PIECE =
      ValueForm.fields(
          (piece, out) -> {
            out.text(piece.log()).number(piece.output().size());
            piece.output().forEach(out::text);
          },
          in -> {
            String log = in.text();
            List<String> output = new ArrayList<>();
            for (long left = in.number(); left > 0; left--) {
              output.add(in.text());
            }
            return new OutputChunk(log, List.copyOf(output));
          });

  static final KeyForm<OutputChunkKey> PIECE_KEY =
      KeyForm.of(
          (key, out) -> out.number(key.job()).number(key.attempt()).number(key.sequence()),
          in -> new OutputChunkKey(in.number(), (int) in.number(), (int) in.number()));

  private static void writeJob(JobRecord job, FieldWriter out) {
    Submission submission = job.submission();
    Attempts attempts = job.attempts();
    out.number(job.id())
        .text(submission.path())
        .text(submission.parameters())
        .optionalText(submission.data())
        .optionalText(submission.node())
        .number(submission.schedule().orElse(0L))
        .moment(job.created())
        .number(attempts.number())
        .number(attempts.failures())
        .number(attempts.losses())
        .number(attempts.epoch());
    writeState(job.state(), out);
  }

  private static JobRecord readJob(FieldReader in) {
    long id = in.number();
    Submission submission =
        new Submission(
            in.text(), in.text(), in.optionalText(), in.optionalText(), schedule(in.number()));
    Instant created = in.moment();
    Attempts attempts =
        new Attempts((int) in.number(), (int) in.number(), (int) in.number(), in.number());
    return new JobRecord(id, submission, created, attempts, readState(in));
  }

  private static void writeState(JobState state, FieldWriter out) {
    switch (state) {
      case Pending(Instant notBefore) -> out.number(PENDING).moment(notBefore);
      case Running(LeaseHolder lessee, Instant started, boolean begun, boolean canceling) ->
          out.number(RUNNING)
              .text(lessee.node())
              .text(lessee.incarnation())
              .moment(started)
              .flag(begun)
              .flag(canceling);
      case Ended ended -> {
        out.number(ENDED)
            .number(number(ended.end()))
            .optionalText(ended.node())
            .optionalMoment(ended.started())
            .moment(ended.at())
            .optionalText(ended.error())
            .flag(ended.usage().isPresent());
        ended.usage().ifPresent(usage -> writeUsage(usage, out));
      }
    }
  }

  private static JobState readState(FieldReader in) {
    int kind = (int) in.number();
    return switch (kind) {
      case PENDING -> new Pending(in.moment());
      case RUNNING ->
          new Running(new LeaseHolder(in.text(), in.text()), in.moment(), in.flag(), in.flag());
      case ENDED ->
          new Ended(
              end((int) in.number()),
              in.optionalText(),
              in.optionalMoment(),
              in.moment(),
              in.optionalText(),
              in.flag() ? Optional.of(readUsage(in)) : Optional.empty());
      default ->
          throw new IllegalStateException(
              "a job of kind " + kind + " was stored by a newer version: run that version");
    };
  }

  private static void writeUsage(RunUsage usage, FieldWriter out) {
    out.number(usage.queuedMillis())
        .number(usage.ranMillis())
        .number(usage.cpuMillis())
        .number(usage.peakBytes());
  }

  private static RunUsage readUsage(FieldReader in) {
    return new RunUsage(in.number(), in.number(), in.number(), in.number());
  }

  private static int number(End end) {
    return switch (end) {
      case COMPLETED -> 0;
      case FAILED -> 1;
      case CANCELED -> 2;
    };
  }

  private static End end(int number) {
    return switch (number) {
      case 0 -> End.COMPLETED;
      case 1 -> End.FAILED;
      case 2 -> End.CANCELED;
      default ->
          throw new IllegalStateException(
              "an end of kind " + number + " was stored by a newer version: run that version");
    };
  }

  private static Optional<Long> schedule(long number) {
    return number == 0 ? Optional.empty() : Optional.of(number);
  }
}
