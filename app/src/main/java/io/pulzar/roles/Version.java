package io.pulzar.roles;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Properties;
import java.util.regex.Pattern;

/** The product's version, as the build wrote it. */
public final class Version {

  /** For example {@code 2026.11.21}. */
  public static final String CURRENT = read();

  private static final Pattern FORM = Pattern.compile("\\d{1,9}(\\.\\d{1,9})*");

  private Version() {}

  /** Whether a version is later than this one; what is no version is not. */
  public static boolean isNewer(String version) {
    return isNewer(version, CURRENT);
  }

  static boolean isNewer(String version, String than) {
    if (!FORM.matcher(version).matches() || !FORM.matcher(than).matches()) {
      return false;
    }
    int[] one = numbers(version);
    int[] other = numbers(than);
    int differ = Arrays.mismatch(one, other);
    return differ >= 0
        && (differ >= other.length || (differ < one.length && one[differ] > other[differ]));
  }

  private static int[] numbers(String version) {
    return Arrays.stream(version.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
  }

  private static String read() {
    Properties properties = new Properties();
    try (InputStream stream = Version.class.getResourceAsStream("/io/pulzar/version.properties")) {
      if (stream == null) {
        throw new IllegalStateException("version.properties is missing from the build");
      }
      properties.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }
}
