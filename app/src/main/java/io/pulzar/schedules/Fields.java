package io.pulzar.schedules;

import io.pulzar.http.ApiException;
import io.pulzar.settings.DurationText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object, read strictly: whatever a field cannot mean is refused with its name
 * and what it should be. Numbers may be strings of digits, and words may be in any case, because
 * clients of the original send both.
 *
 * @param values the object; a field that is null counts as absent
 */
record Fields(Map<?, ?> values) {

  /** The client's object, or the refusal of what is none. */
  static Fields of(@Nullable Object scheduled) {
    if (scheduled instanceof Map<?, ?> values && !values.isEmpty()) {
      return new Fields(values);
    }
    throw new ApiException(
        400,
        "bad_schedule",
        "scheduled: an object is needed, such as {\"interval\": \"hours\", \"time_unit\": 2},"
            + " {\"cron\": \"0 9 * * MON-FRI\"} or {\"at\": \"2030-01-31T09:00:00Z\"}",
        null,
        null);
  }

  static ApiException refusal(String field, String problem) {
    return ApiException.badRequest("bad_schedule", "scheduled." + field + ": " + problem);
  }

  /** Refuses a field that has no meaning here. */
  void allowOnly(List<String> known, String cure) {
    for (Object field : values.keySet()) {
      if (!known.contains(String.valueOf(field))) {
        throw refusal(
            String.valueOf(field), cure + " (known here: " + String.join(", ", known) + ")");
      }
    }
  }

  boolean has(String field) {
    return values.get(field) != null;
  }

  Optional<String> text(String field) {
    return switch (values.get(field)) {
      case null -> Optional.empty();
      case String text when !text.isBlank() -> Optional.of(text.strip());
      case Object other -> throw refusal(field, "a text is needed, not " + shown(other));
    };
  }

  /** A whole number from 1 to {@code most}. */
  Optional<Long> whole(String field, long most) {
    Object value = values.get(field);
    if (value == null) {
      return Optional.empty();
    }
    long number =
        wholeNumber(value)
            .orElseThrow(
                () -> refusal(field, "a whole number of 1 or more is needed, not " + shown(value)));
    if (number < 1 || number > most) {
      throw refusal(field, "it must be from 1 to " + most + ", not " + shown(value));
    }
    return Optional.of(number);
  }

  Optional<Duration> duration(String field) {
    Object value = values.get(field);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Number) {
      return Optional.of(
          wholeNumber(value)
              .filter(seconds -> seconds >= 0 && seconds <= Integer.MAX_VALUE)
              .map(Duration::ofSeconds)
              .orElseThrow(() -> refusal(field, "whole seconds are needed, not " + shown(value))));
    }
    try {
      return Optional.of(DurationText.parse(String.valueOf(value)));
    } catch (IllegalArgumentException e) {
      throw refusal(field, String.valueOf(e.getMessage()));
    }
  }

  <E extends Enum<E>> Optional<E> choice(String field, Class<E> type) {
    List<E> constants = Arrays.asList(type.getEnumConstants());
    return text(field)
        .map(
            text ->
                constants.stream()
                    .filter(constant -> constant.name().equalsIgnoreCase(text.replace('-', '_')))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            refusal(
                                field,
                                constants.stream()
                                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", ", "one of ", ""))
                                    + " is needed, not "
                                    + shown(text))));
  }

  @Nullable Object raw(String field) {
    return values.get(field);
  }

  static Optional<Long> wholeNumber(Object value) {
    if (!(value instanceof Number) && !(value instanceof String)) {
      return Optional.empty();
    }
    String text = value.toString().strip();
    // Longer texts are no count of anything, and "1e999999999" would take for ever to write out.
    if (text.length() > 20) {
      return Optional.empty();
    }
    try {
      BigDecimal number = new BigDecimal(text);
      return Math.abs(number.scale()) > 20
          ? Optional.empty()
          : Optional.of(number.longValueExact());
    } catch (NumberFormatException | ArithmeticException notWhole) {
      return Optional.empty();
    }
  }

  static String shown(Object value) {
    String text = value instanceof String ? "'" + value + "'" : String.valueOf(value);
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }
}
