package io.pulzar.schedules;

import io.pulzar.http.ApiException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code scheduled} object of a launch: one of the forms {@code interval} with {@code
 * time_unit} and {@code repeat}, {@code cron} with {@code timezone}, or {@code at}; and with any of
 * them {@code misfire}, {@code overlap}, {@code jitter}, {@code until}, {@code max_runs}.
 *
 * <p>Times are kept in whole milliseconds, as due times are stored.
 *
 * <p>Every refusal is a 400 that names the field. A field that is not known, or means nothing
 * beside the others, is refused too: a misspelt {@code max_run} must not become a schedule without
 * an end.
 */
final class PlanReader {

  /**
   * Longer intervals, and runs without end that only look like an end, are slips of the keyboard.
   */
  private static final Duration LONGEST_INTERVAL = Duration.ofDays(36_500);

  private static final int LAST_YEAR = 9_999;
  private static final long MOST_RUNS = 1_000_000_000;
  private static final Duration LONGEST_JITTER = Duration.ofDays(1);

  private static final List<String> POLICIES =
      List.of("misfire", "overlap", "jitter", "until", "max_runs");

  private final Policy defaults;

  /**
   * @param defaults the policies of a schedule that names none
   */
  PlanReader(Policy defaults) {
    this.defaults = defaults;
  }

  /**
   * @param scheduled the JSON value, as maps, lists, strings, numbers and booleans
   * @param made the moment the schedule is made; an interval counts from it
   * @throws ApiException 400 {@code bad_schedule} naming the field
   */
  Plan read(@Nullable Object scheduled, Instant made) {
    Fields fields = Fields.of(scheduled);
    Instant now = made.truncatedTo(ChronoUnit.MILLIS);
    List<String> forms = Stream.of("interval", "cron", "at").filter(fields::has).toList();
    if (forms.size() != 1) {
      throw forms.isEmpty()
          ? Fields.refusal("interval", "one of interval, cron and at is needed")
          : Fields.refusal(forms.get(1), "it cannot be combined with " + forms.getFirst());
    }
    Plan plan =
        switch (forms.getFirst()) {
          case "interval" -> interval(fields, now);
          case "cron" -> cron(fields);
          default -> at(fields, now);
        };
    if (new DueTimes(0, plan.timing(), plan.policy()).after(now).isEmpty()) {
      throw Fields.refusal("until", "it ends before the first run would be due");
    }
    return plan;
  }

  private Plan interval(Fields fields, Instant now) {
    fields.allowOnly(known("interval", "time_unit", "repeat"), "it has no meaning beside interval");
    Timing.Unit unit =
        fields
            .choice("interval", Timing.Unit.class)
            .orElseThrow(
                () -> Fields.refusal("interval", "minutes, hours, days or weeks is needed"));
    long most = LONGEST_INTERVAL.dividedBy(unit.length());
    long count =
        fields
            .whole("time_unit", most)
            .orElseThrow(
                () -> Fields.refusal("time_unit", "a whole number of 1 or more is needed"));
    long repeat = repeat(fields.raw("repeat"));
    Timing.Interval timing = new Timing.Interval(unit, count, now);
    Policy policy = policy(fields);
    if (policy.jitter().compareTo(timing.period()) >= 0) {
      throw Fields.refusal("jitter", "it must be shorter than the interval");
    }
    return new Plan(timing, policy, Math.min(repeat, maxRuns(fields)));
  }

  private Plan cron(Fields fields) {
    fields.allowOnly(
        known("cron", "timezone"),
        "it has no meaning beside cron; max_runs limits how often a cron schedule runs");
    String text =
        fields
            .text("cron")
            .orElseThrow(() -> Fields.refusal("cron", "a cron expression is needed"));
    ZoneId zone = zone(fields).orElse(ZoneOffset.UTC);
    try {
      return new Plan(
          new Timing.Cron(CronPattern.parse(text), zone), policy(fields), maxRuns(fields));
    } catch (IllegalArgumentException e) {
      throw Fields.refusal(
          "cron",
          Fields.shown(text)
              + " is not understood: "
              + e.getMessage()
              + ". Write minute hour day month weekday, such as 0 9 * * MON-FRI");
    }
  }

  private Plan at(Fields fields, Instant now) {
    fields.allowOnly(known("at", "timezone"), "it has no meaning beside at, which is one run");
    Instant time =
        moment(fields, "at").orElseThrow(() -> Fields.refusal("at", "a date and time is needed"));
    if (!time.isAfter(now)) {
      throw Fields.refusal("at", "that moment has passed; it is " + now + " now");
    }
    return new Plan(new Timing.At(time), policy(fields), 1);
  }

  private static List<String> known(String... ofTheForm) {
    return Stream.concat(Stream.of(ofTheForm), POLICIES.stream()).toList();
  }

  /** 1 and true: for ever; 0 and false: once; n: n times. */
  private static long repeat(@Nullable Object value) {
    if (value == null) {
      return Schedule.FOR_EVER;
    }
    String word = value.toString().strip().toLowerCase(Locale.ROOT);
    if (word.equals("true")) {
      return Schedule.FOR_EVER;
    }
    if (word.equals("false")) {
      return 1;
    }
    long number =
        Fields.wholeNumber(value)
            .filter(count -> count >= 0 && count <= MOST_RUNS)
            .orElseThrow(
                () ->
                    Fields.refusal(
                        "repeat",
                        "1 or true for ever, 0 or false once, or a number of times is needed, not "
                            + Fields.shown(value)));
    return number == 0 ? 1 : number == 1 ? Schedule.FOR_EVER : number;
  }

  private static long maxRuns(Fields fields) {
    return fields.whole("max_runs", MOST_RUNS).orElse(Schedule.FOR_EVER);
  }

  private Policy policy(Fields fields) {
    Duration jitter = fields.duration("jitter").orElse(defaults.jitter());
    if (jitter.compareTo(LONGEST_JITTER) > 0) {
      throw Fields.refusal("jitter", "a day at most is possible, not " + jitter);
    }
    return new Policy(
        fields.choice("misfire", Misfire.class).orElse(defaults.misfire()),
        fields.choice("overlap", Overlap.class).orElse(defaults.overlap()),
        jitter,
        moment(fields, "until"));
  }

  private static Optional<ZoneId> zone(Fields fields) {
    return fields
        .text("timezone")
        .map(
            name -> {
              try {
                return ZoneId.of(name);
              } catch (DateTimeException e) {
                throw Fields.refusal(
                    "timezone",
                    Fields.shown(name)
                        + " is not a time zone; write a name such as America/Santiago or UTC");
              }
            });
  }

  /**
   * A date and time with an offset, or one that is local to the {@code timezone} beside it. Without
   * either it is refused: a guess would be hours wrong for most people.
   */
  private static Optional<Instant> moment(Fields fields, String field) {
    return fields
        .text(field)
        .map(
            text -> {
              TemporalAccessor time;
              try {
                time =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(
                        text.replaceFirst(" ", "T").toUpperCase(Locale.ROOT),
                        OffsetDateTime::from,
                        LocalDateTime::from);
              } catch (DateTimeParseException e) {
                throw Fields.refusal(
                    field,
                    Fields.shown(text)
                        + " is not a date and time; write it as 2030-01-31T09:00:00Z");
              }
              if (time.get(ChronoField.YEAR) > LAST_YEAR) {
                throw Fields.refusal(field, "the year " + LAST_YEAR + " is the last one");
              }
              if (time instanceof OffsetDateTime withOffset) {
                return withOffset.toInstant().truncatedTo(ChronoUnit.MILLIS);
              }
              ZoneId zone =
                  zone(fields)
                      .orElseThrow(
                          () ->
                              Fields.refusal(
                                  field,
                                  Fields.shown(text)
                                      + " has no offset; add Z for UTC, or an offset as -03:00"
                                      + (fields.has("interval") ? "" : ", or a timezone")));
              return new WallClock(zone)
                  .momentOf(LocalDateTime.from(time).truncatedTo(ChronoUnit.MILLIS));
            });
  }
}
