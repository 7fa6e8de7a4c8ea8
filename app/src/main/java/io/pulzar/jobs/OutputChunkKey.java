package io.pulzar.jobs;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a piece belongs. In the live log it is the event's id, {@code 1-12}, with which a client
 * resumes.
 *
 * @param sequence counts the pieces of one attempt from 0; sent again, a piece has the same number
 */
record OutputChunkKey(long job, int attempt, int sequence) {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})-(\\d{1,9})");

  static OutputChunkKey first(long job) {
    return new OutputChunkKey(job, 0, 0);
  }

  static OutputChunkKey firstOf(long job, int attempt) {
    return new OutputChunkKey(job, attempt, 0);
  }

  static OutputChunkKey end(long job) {
    return new OutputChunkKey(job, Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  static Optional<OutputChunkKey> parse(long job, String text) {
    Matcher matcher = FORM.matcher(text.trim());
    return matcher.matches()
        ? Optional.of(
            new OutputChunkKey(
                job, Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  String text() {
    return attempt + "-" + sequence;
  }
}
