package io.pulzar.schedules;

import io.micronaut.scheduling.cron.CronExpression;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A cron expression of five fields (minute, hour, day of month, month, weekday) or six (seconds
 * first), as a pattern of local times: it knows no zone, and so no clock change; that is {@link
 * WallClock}'s part.
 *
 * <p>Micronaut's {@link CronExpression} reads and steps the fields. Four habits of crontab(5) that
 * it lacks are added here, because people bring crontab lines along:
 *
 * <ul>
 *   <li>{@code @daily} and its kin;
 *   <li>when day of month and weekday are both restricted, a day that fits either one counts;
 *   <li>a weekday range may begin on Sunday ({@code 0-2}, {@code SUN-TUE}), and weekday steps count
 *       from Sunday;
 *   <li>a pattern that never comes ({@code 0 0 31 2 *}) is refused when it is made, not searched
 *       for at each firing.
 * </ul>
 */
final class CronPattern {

  private static final int LONGEST = 200;

  /** 29 February is at most eight years away; a pattern without a time in nine has none at all. */
  private static final int YEARS_WITHOUT_A_TIME = 9;

  private static final Pattern FROM_SUNDAY =
      Pattern.compile("(?:(?<every>\\*)|(?:0|SUN)-(?<last>[0-7]|[A-Z]{3}))(?:/(?<step>\\d{1,2}))?");
  private static final List<String> WEEKDAYS =
      List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
  private static final Map<String, String> NAMED =
      Map.of(
          "@YEARLY", "0 0 1 1 *",
          "@ANNUALLY", "0 0 1 1 *",
          "@MONTHLY", "0 0 1 * *",
          "@WEEKLY", "0 0 * * 0",
          "@DAILY", "0 0 * * *",
          "@MIDNIGHT", "0 0 * * *",
          "@HOURLY", "0 * * * *");
  private static final Pattern ZERO_STEP = Pattern.compile(".*/0+(?:,.*|$)");

  private final String text;
  private final List<CronExpression> alternatives;
  private final boolean everyHour;

  private CronPattern(String text, List<CronExpression> alternatives, boolean everyHour) {
    this.text = text;
    this.alternatives = alternatives;
    this.everyHour = everyHour;
  }

  /**
   * @throws IllegalArgumentException with a text fit for the user when it is not a cron expression,
   *     or one that never comes
   */
  static CronPattern parse(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("it is longer than " + LONGEST + " characters");
    }
    String plain = String.join(" ", text.strip().split("\\s+"));
    List<String> fields = fields(plain);
    CronPattern pattern = new CronPattern(plain, alternatives(fields), everyHour(fields.get(2)));
    if (pattern.nextAfter(LocalDateTime.of(2024, 1, 1, 0, 0)).isEmpty()) {
      throw new IllegalArgumentException("no date fits it");
    }
    return pattern;
  }

  /**
   * One that was parsed before: faster, because what it means is not worked out again.
   *
   * @param plain its {@link #toString}
   * @param everyHour its {@link #everyHour()}
   */
  static CronPattern parsedBefore(String plain, boolean everyHour) {
    return new CronPattern(plain, alternatives(fields(plain)), everyHour);
  }

  private static List<String> fields(String plain) {
    List<String> fields = new ArrayList<>(List.of(unnamed(plain).split(" ", -1)));
    if (fields.size() == 5) {
      fields.addFirst("0");
    }
    if (fields.size() != 6) {
      throw new IllegalArgumentException(
          "it has "
              + (plain.isEmpty() ? 0 : fields.size())
              + " fields; five (minute hour day month weekday) or six (seconds first) are needed");
    }
    fields.replaceAll(field -> field.toUpperCase(Locale.ROOT));
    fields.stream()
        .filter(field -> List.of(field.split(",", -1)).contains(""))
        .findFirst()
        .ifPresent(
            field -> {
              throw new IllegalArgumentException("the list " + field + " has an empty place");
            });
    fields.stream()
        .filter(field -> ZERO_STEP.matcher(field).matches())
        .findFirst()
        .ifPresent(
            field -> {
              throw new IllegalArgumentException("a step of 0 in " + field);
            });
    fields.set(5, weekdaysFromMonday(fields.get(5)));
    return fields;
  }

  private static String unnamed(String plain) {
    if (!plain.startsWith("@")) {
      return plain;
    }
    String fields = NAMED.get(plain.toUpperCase(Locale.ROOT));
    if (fields == null) {
      throw new IllegalArgumentException(
          plain
              + " is not one of @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly");
    }
    return fields;
  }

  private static List<CronExpression> alternatives(List<String> fields) {
    boolean anyDay = isAny(fields.get(3));
    boolean anyWeekday = isAny(fields.get(5));
    if (anyDay || anyWeekday) {
      return List.of(expression(fields));
    }
    List<String> byDay = new ArrayList<>(fields);
    byDay.set(5, "*");
    List<String> byWeekday = new ArrayList<>(fields);
    byWeekday.set(3, "*");
    return List.of(expression(byDay), expression(byWeekday));
  }

  private static CronExpression expression(List<String> fields) {
    return CronExpression.create(String.join(" ", fields));
  }

  private static boolean isAny(String field) {
    return field.equals("*") || field.equals("?");
  }

  /** Micronaut's week is 1 (Monday) to 7 (Sunday), and its ranges can't begin with 0. */
  private static String weekdaysFromMonday(String field) {
    if (isAny(field)) {
      return field;
    }
    return String.join(
        ",", Stream.of(field.split(",", -1)).flatMap(CronPattern::weekdayPart).toList());
  }

  private static Stream<String> weekdayPart(String part) {
    Matcher range = FROM_SUNDAY.matcher(part);
    if (!range.matches()) {
      return Stream.of(part);
    }
    int last = 6;
    if (range.group("every") == null) {
      String name = range.group("last");
      last = Character.isDigit(name.charAt(0)) ? name.charAt(0) - '0' : WEEKDAYS.indexOf(name);
      if (last < 0) {
        return Stream.of(part);
      }
    }
    int step = range.group("step") == null ? 1 : Integer.parseInt(range.group("step"));
    List<String> days = new ArrayList<>();
    for (int day = 0; day <= last; day += step) {
      days.add(day == 0 ? "7" : Integer.toString(day));
    }
    return days.stream();
  }

  private static boolean everyHour(String hours) {
    CronExpression onTheHour = CronExpression.create("0 0 " + hours + " * * *");
    ZonedDateTime time = ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    for (int hour = 1; hour <= 24; hour++) {
      ZonedDateTime next = onTheHour.nextTimeAfter(time);
      if (!next.equals(time.plusHours(1))) {
        return false;
      }
      time = next;
    }
    return true;
  }

  /** Whether its hour field leaves no hour of the day out. */
  boolean everyHour() {
    return everyHour;
  }

  /** The first local time later than {@code time} that fits, as if every day had 24 hours. */
  Optional<LocalDateTime> nextAfter(LocalDateTime time) {
    ZonedDateTime from = time.atZone(ZoneOffset.UTC);
    ZonedDateTime barrier = from.plusYears(YEARS_WITHOUT_A_TIME);
    return alternatives.stream()
        .flatMap(alternative -> next(alternative, from, barrier).stream())
        .min(LocalDateTime::compareTo);
  }

  private static Optional<LocalDateTime> next(
      CronExpression expression, ZonedDateTime from, ZonedDateTime barrier) {
    try {
      return Optional.of(expression.nextTimeAfter(from, barrier).toLocalDateTime());
    } catch (IllegalArgumentException noneBeforeTheBarrier) {
      return Optional.empty();
    }
  }

  /** The expression as given, with single spaces. */
  @Override
  public String toString() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CronPattern pattern && text.equals(pattern.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
