package io.pulzar.settings;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes as people write them: {@code 512MB}, {@code 64KiB}, {@code 2g}, {@code 4096}; a unit is a
 * power of 1024.
 */
public final class SizeText {

  private static final Pattern FORM = Pattern.compile("(\\d{1,15})\\s*([kmgt]?)(i?b)?");
  private static final String UNITS = "kmgt";

  private SizeText() {}

  /**
   * Reads one of the forms.
   *
   * @return bytes
   * @throws IllegalArgumentException with a sentence that shows the forms
   */
  public static long parse(String text) {
    Matcher matcher = FORM.matcher(text.trim().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a size; write 4096, 64KB, 512MB or 2GB");
    }
    int power = 1 + UNITS.indexOf(matcher.group(2));
    long unit = matcher.group(2).isEmpty() ? 1 : 1L << (10 * power);
    try {
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("'" + text + "' is larger than any disk", e);
    }
  }

  /** In the largest unit that divides it. */
  public static String format(long bytes) {
    for (int power = UNITS.length(); power > 0; power--) {
      long unit = 1L << (10 * power);
      if (bytes >= unit && bytes % unit == 0) {
        return bytes / unit + UNITS.substring(power - 1, power).toUpperCase(Locale.ROOT) + "B";
      }
    }
    return Long.toString(bytes);
  }
}
