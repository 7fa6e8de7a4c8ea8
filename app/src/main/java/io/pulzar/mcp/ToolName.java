package io.pulzar.mcp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The name of a script's tool. Models and their clients take letters of ASCII, digits, {@code _}
 * and {@code -}, and 64 of them; the paths of scripts may have more.
 *
 * <p>{@code finance/report} is {@code finance__report}. A path that has something else in it, or
 * two underscores together, or is too long, keeps what fits and ends with {@code -} and the
 * beginning of its SHA-256, so that no two scripts have one name, and nobody can make one that
 * takes another's. Names that begin with {@code pulzar_} are the server's own.
 */
final class ToolName {

  /** Of the server's own tools. */
  static final String OWN = "pulzar_";

  private static final int LONGEST = 64;
  private static final int DIGITS = 16;
  private static final String SEPARATOR = "__";
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9-]+(?:_[A-Za-z0-9-]+)*(?:/[A-Za-z0-9-]+(?:_[A-Za-z0-9-]+)*)*");
  private static final Pattern LIKE_DIGEST = Pattern.compile(".*-[0-9a-f]{16}");

  private ToolName() {}

  /**
   * @param path of a script, without {@code .py}
   */
  static String of(String path) {
    String name = path.replace("/", SEPARATOR);
    boolean plain =
        name.length() <= LONGEST
            && PLAIN.matcher(path).matches()
            && !LIKE_DIGEST.matcher(name).matches()
            && !name.startsWith(OWN);
    return plain ? name : shortened(name) + "-" + digest(path);
  }

  private static String shortened(String name) {
    String fits = name.replaceAll("[^A-Za-z0-9_-]", "_");
    return fits.startsWith(OWN) ? beginning("_" + fits) : beginning(fits);
  }

  private static String beginning(String name) {
    return name.substring(0, Math.min(name.length(), LONGEST - DIGITS - 1));
  }

  private static String digest(String path) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(path.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, DIGITS / 2);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
