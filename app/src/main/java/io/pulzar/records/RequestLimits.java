package io.pulzar.records;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.pulzar.http.ApiException;
import io.pulzar.records.WriteCondition.Presence;
import io.pulzar.settings.DurationText;
import io.pulzar.settings.Settings;
import io.pulzar.settings.SizeText;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * What requests may ask, and how they say it.
 *
 * @param value bytes of a text
 * @param body bytes of a request's body, in which a form may write one byte as three
 */
record RequestLimits(long value, long body) {

  private static final long AROUND = 64 * 1024;
  private static final Duration LONGEST = Duration.ofDays(36_500);

  static RequestLimits of(Settings settings) {
    long value = settings.get(RecordSettings.MAX_VALUE);
    long record = settings.get(RecordSettings.MAX_RECORD);
    return new RequestLimits(value, 3 * Math.max(value, record) + AROUND);
  }

  ApiException tooLarge(long most) {
    return ApiException.tooLarge(
        "value_too_large",
        "at most "
            + SizeText.format(value)
            + " are stored; send less, or raise "
            + RecordSettings.MAX_VALUE);
  }

  /** The revision that a read must have seen. */
  static long revision(HttpRequest<?> request, Map<String, String> query) {
    String asked = query.get("min_revision");
    if (asked == null) {
      asked = request.getHeaders().get(TextAnswers.REVISION);
    }
    return asked == null ? 0 : number("min_revision", asked, Long.MAX_VALUE);
  }

  /** How many records a page has. */
  static int page(Map<String, String> query, int most) {
    String text = query.get("limit");
    return text == null ? Math.min(100, most) : (int) Math.max(1, number("limit", text, most));
  }

  static long number(String name, String text, long most) {
    try {
      long number = Long.parseLong(text);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw badNumber(name, text, most);
    }
    throw badNumber(name, text, most);
  }

  private static ApiException badNumber(String name, String text, long most) {
    return ApiException.badRequest(
        "bad_parameter", name + " must be a number from 0 to " + most + ", got '" + text + "'");
  }

  /** Milliseconds of {@code ?ttl=}; 0 without it. */
  static long ttl(HttpRequest<?> request) {
    String text = FormText.ofQuery(request).get("ttl");
    if (text == null) {
      return 0;
    }
    try {
      Duration ttl = DurationText.parse(text);
      if (ttl.isPositive() && ttl.compareTo(LONGEST) <= 0) {
        return ttl.toMillis();
      }
    } catch (IllegalArgumentException e) {
      throw badTtl(text);
    }
    throw badTtl(text);
  }

  private static ApiException badTtl(String text) {
    return ApiException.badRequest(
        "bad_parameter", "ttl must be like 90s, 15m, 12h or 7d, got '" + text + "'");
  }

  /** Adds what {@code If-Match} and {@code If-None-Match} say. */
  static WriteCondition matching(HttpRequest<?> request, WriteCondition usual) {
    if (isCreateOnly(request)) {
      return WriteCondition.ABSENT;
    }
    String match = request.getHeaders().get(HttpHeaders.IF_MATCH);
    if (match == null) {
      return usual;
    }
    String version = match.strip();
    return version.equals("*")
        ? new WriteCondition(Presence.PRESENT, null)
        : usual.matching(version.replaceAll("^(W/)?\"|\"$", ""));
  }

  /** Whether what is remembered does not do. */
  static boolean asksAnew(HttpRequest<?> request) {
    String control = request.getHeaders().get(HttpHeaders.CACHE_CONTROL);
    return control != null && control.toLowerCase(Locale.ROOT).contains("no-cache");
  }

  static boolean isCreateOnly(HttpRequest<?> request) {
    String none = request.getHeaders().get(HttpHeaders.IF_NONE_MATCH);
    return none != null && none.strip().equals("*");
  }
}
