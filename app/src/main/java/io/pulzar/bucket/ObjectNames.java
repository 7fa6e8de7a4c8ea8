package io.pulzar.bucket;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names of objects: a number in sixteen hexadecimal digits, so that a listing, which is in the
 * order of names, is in the order of numbers.
 */
final class ObjectNames {

  private static final Pattern DIGITS = Pattern.compile("[0-7][0-9a-f]{15}");

  private final String folder;

  ObjectNames(String prefix) {
    this.folder = prefix + "values/";
  }

  /** What all names begin with. */
  String folder() {
    return folder;
  }

  String of(long id) {
    return folder + HexFormat.of().toHexDigits(id);
  }

  /** Empty for what is nobody's value. */
  Optional<Long> number(String name) {
    String digits = name.startsWith(folder) ? name.substring(folder.length()) : "";
    return DIGITS.matcher(digits).matches()
        ? Optional.of(HexFormat.fromHexDigitsToLong(digits))
        : Optional.empty();
  }
}
