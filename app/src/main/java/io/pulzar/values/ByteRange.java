package io.pulzar.values;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a value that a request wants (RFC 9110, section 14).
 *
 * @param from the first byte
 * @param length bytes; 0 when no byte of the value is in the range
 */
record ByteRange(long from, long length) {

  private static final Pattern FORM = Pattern.compile("bytes *= *(\\d*) *- *(\\d*) *");

  /**
   * Reads a {@code Range} header. Several ranges at once and what is not understood are ignored, as
   * the standard allows.
   *
   * @param size of the value
   * @return empty: all of it is wanted
   */
  static Optional<ByteRange> parse(@Nullable String header, long size) {
    Matcher form = FORM.matcher(header == null ? "" : header);
    if (!form.matches()) {
      return Optional.empty();
    }
    Optional<Long> first = number(form.group(1));
    Optional<Long> last = number(form.group(2));
    if (first.isEmpty()) {
      return last.map(suffix -> suffix(suffix, size));
    }
    if (last.isPresent() && last.get() < first.get()) {
      return Optional.empty();
    }
    long from = Math.min(first.get(), size);
    long until = Math.min(last.orElse(Long.MAX_VALUE - 1) + 1, size);
    return Optional.of(new ByteRange(from, Math.max(0, until - from)));
  }

  boolean isSatisfiable() {
    return length > 0;
  }

  /** For the {@code Content-Range} header. */
  String of(long size) {
    return isSatisfiable()
        ? "bytes " + from + "-" + (from + length - 1) + "/" + size
        : "bytes */" + size;
  }

  private static ByteRange suffix(long wanted, long size) {
    long length = Math.min(wanted, size);
    return new ByteRange(size - length, length);
  }

  private static Optional<Long> number(String digits) {
    if (digits.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(digits.length() > 18 ? Long.MAX_VALUE - 1 : Long.parseLong(digits));
  }
}
