package io.pulzar.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Durations as people write them: {@code 250ms}, {@code 30s}, {@code 15m}, {@code 12h}, {@code 7d},
 * or ISO-8601.
 */
public final class DurationText {

  private static final Pattern SHORT = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");

  private DurationText() {}

  /**
   * Reads one of the forms.
   *
   * @throws IllegalArgumentException with a sentence that shows the forms, also when it is negative
   */
  public static Duration parse(String text) {
    String trimmed = text.trim();
    Matcher matcher = SHORT.matcher(trimmed.toLowerCase(Locale.ROOT));
    try {
      if (matcher.matches()) {
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofDays(amount);
        };
      }
      Duration iso = Duration.parse(trimmed);
      if (!iso.isNegative()) {
        return iso;
      }
    } catch (DateTimeParseException | ArithmeticException e) {
      throw notADuration(text, e);
    }
    throw notADuration(text, null);
  }

  /** The shortest form that {@link #parse} reads back. */
  public static String format(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds != 0 && seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds != 0 && seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    if (seconds != 0 && seconds % 60 == 0) {
      return seconds / 60 + "m";
    }
    return seconds + "s";
  }

  private static IllegalArgumentException notADuration(String text, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "'" + text + "' is not a duration; write 250ms, 30s, 15m, 12h, 7d or ISO-8601 as PT1H30M",
        cause);
  }
}
