package io.pulzar.keys;

import java.time.Instant;

/**
 * Which keys are wanted.
 *
 * @param prefix they begin with it; empty: any
 * @param text they contain it; empty: any
 * @param written when their values were written
 */
public record KeyFilter(String prefix, String text, DateRange written) {

  public static final KeyFilter ALL = beginningWith("");

  static KeyFilter beginningWith(String prefix) {
    return new KeyFilter(prefix, "", DateRange.ALWAYS);
  }

  static KeyFilter containing(String text, DateRange written) {
    return new KeyFilter("", text, written);
  }

  boolean fitsName(String path) {
    return path.startsWith(prefix) && path.contains(text);
  }

  boolean fits(Location location, Instant now) {
    return !location.expiredAt(now) && written.contains(location.written());
  }
}
