package io.pulzar.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pulzar schedule reports/daily --cron '0 9 * * MON-FRI' to=ann}. */
@Command(
    name = "schedule",
    description = {
      "Has a script run again and again, or at a moment.",
      "One of --every, --cron and --at says when."
    })
public final class ScheduleCommand extends ClientCommand {

  private static final Pattern EVERY = Pattern.compile("(\\d{1,9})(m|h|d|w)");
  private static final Map<String, String> UNITS =
      Map.of("m", "minutes", "h", "hours", "d", "days", "w", "weeks");

  @Mixin private JobParameters parameters = new JobParameters();

  @Option(
      names = "--every",
      paramLabel = "15m|2h|1d|1w",
      description = "so long from one run to the next; the first is one such time from now")
  private Optional<String> every = Optional.empty();

  @Option(
      names = "--cron",
      paramLabel = "'M H D M W'",
      description = "minute, hour, day, month and weekday as crontab has them")
  private Optional<String> cron = Optional.empty();

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "once, at this moment: 2030-01-31T09:00:00Z")
  private Optional<String> at = Optional.empty();

  @Option(
      names = "--timezone",
      paramLabel = "ZONE",
      description = "of --cron and --at, as Europe/Berlin; else UTC")
  private Optional<String> timezone = Optional.empty();

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "how often, with --every: 0 is once, 1 for ever (the default), else N times")
  private Optional<Integer> repeat = Optional.empty();

  @Option(names = "--max-runs", paramLabel = "N", description = "how often at most")
  private Optional<Long> maxRuns = Optional.empty();

  @Option(names = "--until", paramLabel = "TIME", description = "no run is due after this moment")
  private Optional<String> until = Optional.empty();

  @Option(
      names = "--jitter",
      paramLabel = "DURATION",
      description = "each run is up to so much later: 30s")
  private Optional<String> jitter = Optional.empty();

  @Option(
      names = "--misfire",
      paramLabel = "once|skip|all",
      completionCandidates = Misfire.class,
      description = "what becomes of runs that were due while the master was down")
  private Optional<String> misfire = Optional.empty();

  @Option(
      names = "--overlap",
      paramLabel = "queue_one|skip|allow",
      completionCandidates = Overlap.class,
      description = "what becomes of a run that is due before the last one has ended")
  private Optional<String> overlap = Optional.empty();

  /** For completion. */
  static final class Misfire extends Choices {
    Misfire() {
      super("once", "skip", "all");
    }
  }

  /** For completion. */
  static final class Overlap extends Choices {
    Overlap() {
      super("queue_one", "skip", "allow");
    }
  }

  public ScheduleCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    Map<String, Object> body = new LinkedHashMap<>(parameters.values());
    body.put("scheduled", when());
    return ask(
        server -> {
          Object id = JobParameters.number(Fields.object(server.post(parameters.route(), body)));
          Map<?, ?> made = Fields.object(server.get("/admin/scheduled_jobs/" + id));
          if (output().isJson()) {
            output().json(made);
          } else {
            output()
                .line(
                    "schedule "
                        + id
                        + " made; its first run is at "
                        + Fields.text(made, "next_execution"));
          }
          return ExitStatus.DONE.code();
        });
  }

  private Map<String, Object> when() {
    if (every.stream().count() + cron.stream().count() + at.stream().count() != 1) {
      throw new UsageException("say when it runs: one of --every 2h, --cron '0 9 * * *' and --at");
    }
    Map<String, Object> when = new LinkedHashMap<>();
    every.ifPresent(
        text -> {
          Matcher interval = EVERY.matcher(text);
          if (!interval.matches()) {
            throw new UsageException("--every is written 15m, 2h, 1d or 1w, not '" + text + "'");
          }
          when.put("interval", String.valueOf(UNITS.get(interval.group(2))));
          when.put("time_unit", Integer.parseInt(interval.group(1)));
        });
    cron.ifPresent(text -> when.put("cron", text));
    at.ifPresent(text -> when.put("at", text));
    timezone.ifPresent(text -> when.put("timezone", text));
    repeat.ifPresent(times -> when.put("repeat", times));
    maxRuns.ifPresent(times -> when.put("max_runs", times));
    until.ifPresent(text -> when.put("until", text));
    jitter.ifPresent(text -> when.put("jitter", text));
    misfire.ifPresent(text -> when.put("misfire", text));
    overlap.ifPresent(text -> when.put("overlap", text));
    return when;
  }
}
