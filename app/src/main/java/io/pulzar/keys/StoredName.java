package io.pulzar.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The form of a key inside tables, whose keys are limited to 511 bytes.
 *
 * <p>A key of up to {@value #WHOLE} bytes stands for itself. A longer one becomes its first {@value
 * #WHOLE} bytes, a marker and the SHA-256 of the whole key; the whole key is then part of the
 * value. The marker sorts above every character that keys may contain, and no shorter key begins
 * with all of such a head, so table order equals key order except among long keys with the same
 * head, which lie together.
 */
public final class StoredName {

  /** Leaves room for the digest and for one number before or after the name. */
  static final int WHOLE = 420;

  private static final char MARKER = '\u007f';

  private StoredName() {}

  public static String of(Key key) {
    String path = key.path();
    return path.length() <= WHOLE ? path : head(path) + digest(path);
  }

  public static boolean isWhole(String storedName) {
    return storedName.length() <= WHOLE;
  }

  /** What all stored names begin with that belong to keys longer than this one's head. */
  static String head(String path) {
    return path.substring(0, WHOLE) + MARKER;
  }

  private static String digest(String path) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(path.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
