package io.pulzar.jobs;

import io.pulzar.settings.DurationText;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads numbers and durations that clients write into paths and queries. */
public final class QueryNumbers {

  private static final int DEFAULT_LIMIT = 100;
  private static final int MOST = 10_000;

  private QueryNumbers() {}

  /** The length of a list; 100 when it is not given. */
  public static int limit(@Nullable String text) {
    if (text == null) {
      return DEFAULT_LIMIT;
    }
    if (text.matches("\\d{1,6}")) {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    }
    throw Refusals.badNumber("limit", text, MOST);
  }

  /** A job's id; what cannot be one is unknown. */
  static long job(String text) {
    if (text.matches("\\d{1,18}")) {
      return Long.parseLong(text);
    }
    throw Refusals.noSuchJob(text);
  }

  /** How long to wait, at most {@code longest}. */
  static Optional<Duration> wait(@Nullable String text, Duration longest) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      Duration wait = DurationText.parse(text);
      return Optional.of(wait.compareTo(longest) < 0 ? wait : longest);
    } catch (IllegalArgumentException e) {
      throw Refusals.badWait(text);
    }
  }
}
