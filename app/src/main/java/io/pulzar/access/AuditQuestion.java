package io.pulzar.access;

import io.pulzar.http.ApiException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which entries somebody looks for.
 *
 * @param text in who, from where or what, in lower case; empty: any
 * @param since no older ones
 */
record AuditQuestion(String text, Outcome outcome, Optional<Instant> since) {

  private static final Set<Integer> REFUSED = Set.of(401, 403, 429);
  private static final int FIRST_FAILURE = 400;

  /** How it went. */
  enum Outcome {
    ANY,
    DONE,
    /** For want of a right, or too often. */
    REFUSED,
    /** For whatever reason. */
    FAILED
  }

  /**
   * @throws ApiException 400 {@code bad_parameter}
   */
  static AuditQuestion of(@Nullable String text, @Nullable String outcome, @Nullable String since) {
    return new AuditQuestion(
        text == null ? "" : text.toLowerCase(Locale.ROOT),
        outcome == null ? Outcome.ANY : outcome(outcome),
        Optional.ofNullable(since).map(AuditQuestion::moment));
  }

  boolean fits(AuditEntry entry) {
    return hasOutcome(entry.status())
        && (text.isEmpty()
            || Stream.of(entry.who(), entry.from(), entry.what())
                .anyMatch(part -> part.toLowerCase(Locale.ROOT).contains(text)));
  }

  /** Entries are in the order of their time: behind one that is too old there is no other. */
  boolean isBefore(AuditEntry entry) {
    return since.filter(start -> entry.time().isBefore(start)).isPresent();
  }

  private boolean hasOutcome(int status) {
    return switch (outcome) {
      case ANY -> true;
      case DONE -> status < FIRST_FAILURE;
      case REFUSED -> REFUSED.contains(status);
      case FAILED -> status >= FIRST_FAILURE;
    };
  }

  private static Outcome outcome(String word) {
    return Stream.of(Outcome.values())
        .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                ApiException.badRequest(
                    "bad_parameter", "outcome is one of any, done, refused and failed"));
  }

  private static Instant moment(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw ApiException.badRequest(
          "bad_parameter", "since is a time like 2026-11-21T07:40:00Z, got '" + text + "'");
    }
  }
}
