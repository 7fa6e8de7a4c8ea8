package io.pulzar.alarms;

import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.http.ApiException;
import io.pulzar.rights.PathPattern;
import io.pulzar.scripts.NotifyLine;
import io.pulzar.settings.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request says about a rule, all of it.
 *
 * @param scripts a pattern as in grants; absent: all
 * @param on {@code failure}, {@code recovery} or both, as when it is absent
 * @param late how long a schedule may go without success
 * @param waiting how long a run may wait
 * @param every after how long it is told again
 * @param to names of receivers
 */
@Serdeable
record RuleWish(
    @Nullable String scripts,
    @Nullable List<String> on,
    @Nullable String late,
    @Nullable String waiting,
    @Nullable String every,
    @Nullable List<String> to) {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(3_650);

  /**
   * Checks it.
   *
   * @throws ApiException 400 that says what is wrong
   */
  AlarmRule check(String name, Instant now, String by) {
    if (!NotifyLine.NAME.matcher(name).matches()) {
      throw refused(
          "a name has 1 to 63 letters, digits or . _ - and begins with a letter or digit");
    }
    List<String> events = Objects.requireNonNullElse(on, List.of("failure", "recovery"));
    for (String event : events) {
      if (List.of("late", "waiting").contains(event)) {
        throw refused("'" + event + "' is given as how long: \"" + event + "\": \"26h\"");
      }
      if (!List.of("failure", "recovery").contains(event)) {
        throw refused("'" + event + "' is neither failure nor recovery");
      }
    }
    AlarmRule rule =
        new AlarmRule(
            name,
            pattern(),
            events.contains("failure"),
            events.contains("recovery"),
            duration("late", late, SHORTEST),
            duration("waiting", waiting, SHORTEST),
            duration("every", every, Duration.ZERO),
            receivers(),
            now,
            by);
    if (!rule.failure() && rule.late().isEmpty() && rule.waiting().isEmpty()) {
      throw refused("it tells of nothing: say 'on' with failure, or how long 'late' or 'waiting'");
    }
    return rule;
  }

  private PathPattern pattern() {
    try {
      return scripts == null || scripts.isBlank()
          ? PathPattern.ALL
          : new PathPattern(scripts.strip());
    } catch (IllegalArgumentException e) {
      throw refused("scripts: " + e.getMessage());
    }
  }

  private List<String> receivers() {
    List<String> names =
        to == null ? List.of() : to.stream().map(String::strip).distinct().toList();
    if (names.isEmpty()) {
      throw refused("say in 'to' who is told, as [\"ops\"]");
    }
    return names;
  }

  private static Optional<Duration> duration(
      String field, @Nullable String text, Duration shortest) {
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    Duration duration;
    try {
      duration = DurationText.parse(text);
    } catch (IllegalArgumentException e) {
      throw refused(field + ": " + e.getMessage());
    }
    if (duration.compareTo(shortest) < 0 || duration.compareTo(LONGEST) > 0) {
      throw refused(
          field
              + " is from "
              + DurationText.format(shortest)
              + " to "
              + DurationText.format(LONGEST)
              + ", got "
              + text);
    }
    return Optional.of(duration);
  }

  private static ApiException refused(String reason) {
    return ApiException.badRequest("bad_rule", reason);
  }
}
