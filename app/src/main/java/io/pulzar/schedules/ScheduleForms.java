package io.pulzar.schedules;

import io.pulzar.schedules.Schedule.Counts;
import io.pulzar.schedules.Schedule.State;
import io.pulzar.storage.FieldReader;
import io.pulzar.storage.FieldWriter;
import io.pulzar.storage.ValueForm;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How schedules and their runs are written to the disk. Numbers in it are part of the format. */
final class ScheduleForms {

  private static final int INTERVAL = 0;
  private static final int CRON = 1;
  private static final int AT = 2;

  private ScheduleForms() {}

  static final ValueForm<Schedule> SCHEDULE =
      ValueForm.fields(ScheduleForms::writeSchedule, ScheduleForms::readSchedule);

  static final ValueForm<ScheduledRun> EXECUTION =
      ValueForm.fields(ScheduleForms::writeExecution, ScheduleForms::readExecution);

  static final ValueForm<ClockState> CLOCK =
      ValueForm.fields(ScheduleForms::writeClock, ScheduleForms::readClock);

  static int number(ScheduledRun.Result result) {
    return switch (result) {
      case OK -> 0;
      case FAILED -> 1;
      case CANCELED -> 2;
    };
  }

  static ScheduledRun.Result result(int number) {
    return switch (number) {
      case 0 -> ScheduledRun.Result.OK;
      case 1 -> ScheduledRun.Result.FAILED;
      case 2 -> ScheduledRun.Result.CANCELED;
      default -> throw newer("a run's end", number);
    };
  }

  private static void writeSchedule(Schedule schedule, FieldWriter out) {
    JobTemplate work = schedule.work();
    Counts counts = schedule.counts();
    out.number(schedule.id()).text(work.path()).text(work.parameters()).optionalText(work.data());
    writeTiming(schedule.timing(), out);
    writePolicy(schedule.policy(), out);
    out.number(schedule.plan().runs())
        .moment(schedule.created())
        .number(number(schedule.state()))
        .number(schedule.runsLeft());
    writeDues(schedule.next().stream().toList(), out);
    out.number(schedule.active());
    writeDues(schedule.waiting(), out);
    out.number(counts.runs())
        .number(counts.missed())
        .number(counts.overlapped())
        .optionalMoment(schedule.ended());
  }

  private static Schedule readSchedule(FieldReader in) {
    return new Schedule(
        in.number(),
        new JobTemplate(in.text(), in.text(), in.optionalText()),
        new Plan(readTiming(in), readPolicy(in), in.number()),
        in.moment(),
        state((int) in.number()),
        in.number(),
        readDues(in).stream().findFirst(),
        (int) in.number(),
        readDues(in),
        new Counts(in.number(), in.number(), in.number()),
        in.optionalMoment());
  }

  private static void writeTiming(Timing timing, FieldWriter out) {
    switch (timing) {
      case Timing.Interval interval ->
          out.number(INTERVAL)
              .number(number(interval.unit()))
              .number(interval.count())
              .moment(interval.anchor());
      case Timing.Cron cron ->
          out.number(CRON)
              .text(cron.pattern().toString())
              .flag(cron.pattern().everyHour())
              .text(cron.zone().getId());
      case Timing.At at -> out.number(AT).moment(at.time());
    }
  }

  private static Timing readTiming(FieldReader in) {
    int kind = (int) in.number();
    return switch (kind) {
      case INTERVAL -> new Timing.Interval(unit((int) in.number()), in.number(), in.moment());
      case CRON ->
          new Timing.Cron(CronPattern.parsedBefore(in.text(), in.flag()), ZoneId.of(in.text()));
      case AT -> new Timing.At(in.moment());
      default -> throw newer("a timing", kind);
    };
  }

  private static void writePolicy(Policy policy, FieldWriter out) {
    out.number(number(policy.misfire()))
        .number(number(policy.overlap()))
        .number(policy.jitter().toMillis())
        .optionalMoment(policy.until());
  }

  private static Policy readPolicy(FieldReader in) {
    return new Policy(
        misfire((int) in.number()),
        overlap((int) in.number()),
        Duration.ofMillis(in.number()),
        in.optionalMoment());
  }

  private static void writeDues(List<Due> dues, FieldWriter out) {
    out.number(dues.size());
    dues.forEach(due -> out.moment(due.nominal()).moment(due.at()));
  }

  private static List<Due> readDues(FieldReader in) {
    List<Due> dues = new ArrayList<>();
    for (long left = in.number(); left > 0; left--) {
      dues.add(new Due(in.moment(), in.moment()));
    }
    return dues;
  }

  private static void writeExecution(ScheduledRun execution, FieldWriter out) {
    out.number(execution.key().schedule())
        .number(execution.key().number())
        .number(execution.job())
        .moment(execution.due())
        .moment(execution.started())
        .flag(execution.end().isPresent());
    execution.end().ifPresent(end -> out.number(number(end.result())).moment(end.at()));
  }

  private static ScheduledRun readExecution(FieldReader in) {
    return new ScheduledRun(
        new ScheduledRun.Key(in.number(), in.number()),
        in.number(),
        in.moment(),
        in.moment(),
        in.flag()
            ? Optional.of(new ScheduledRun.End(result((int) in.number()), in.moment()))
            : Optional.empty());
  }

  private static void writeClock(ClockState clock, FieldWriter out) {
    out.moment(clock.seen()).flag(clock.shift().isPresent());
    clock
        .shift()
        .ifPresent(
            shift -> out.number(shift.by().toMillis()).number(shift.last()).number(shift.done()));
  }

  private static ClockState readClock(FieldReader in) {
    return new ClockState(
        in.moment(),
        in.flag()
            ? Optional.of(
                new ClockState.Shift(Duration.ofMillis(in.number()), in.number(), in.number()))
            : Optional.empty());
  }

  private static int number(State state) {
    return switch (state) {
      case SCHEDULED -> 0;
      case PAUSED -> 1;
      case CANCELED -> 2;
      case FINISHED -> 3;
    };
  }

  private static State state(int number) {
    return switch (number) {
      case 0 -> State.SCHEDULED;
      case 1 -> State.PAUSED;
      case 2 -> State.CANCELED;
      case 3 -> State.FINISHED;
      default -> throw newer("a state", number);
    };
  }

  private static int number(Timing.Unit unit) {
    return switch (unit) {
      case MINUTES -> 0;
      case HOURS -> 1;
      case DAYS -> 2;
      case WEEKS -> 3;
    };
  }

  private static Timing.Unit unit(int number) {
    return switch (number) {
      case 0 -> Timing.Unit.MINUTES;
      case 1 -> Timing.Unit.HOURS;
      case 2 -> Timing.Unit.DAYS;
      case 3 -> Timing.Unit.WEEKS;
      default -> throw newer("a unit", number);
    };
  }

  private static int number(Misfire misfire) {
    return switch (misfire) {
      case ONCE -> 0;
      case SKIP -> 1;
      case ALL -> 2;
    };
  }

  private static Misfire misfire(int number) {
    return switch (number) {
      case 0 -> Misfire.ONCE;
      case 1 -> Misfire.SKIP;
      case 2 -> Misfire.ALL;
      default -> throw newer("a misfire policy", number);
    };
  }

  private static int number(Overlap overlap) {
    return switch (overlap) {
      case QUEUE_ONE -> 0;
      case SKIP -> 1;
      case ALLOW -> 2;
    };
  }

  private static Overlap overlap(int number) {
    return switch (number) {
      case 0 -> Overlap.QUEUE_ONE;
      case 1 -> Overlap.SKIP;
      case 2 -> Overlap.ALLOW;
      default -> throw newer("an overlap policy", number);
    };
  }

  private static IllegalStateException newer(String what, int number) {
    return new IllegalStateException(
        what + " of kind " + number + " was stored by a newer version: run that version");
  }
}
