package io.pulzar.alarms;

import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where a webhook is sent to, and what signs it. Both are sealed on the disk: the URLs of many chat
 * services are as good as a password.
 *
 * @param secret as Standard Webhooks writes it: {@code whsec_} and Base64
 */
record WebhookTarget(URI url, String secret) {

  private static final String PREFIX = "whsec_";
  private static final int LEAST_BYTES = 24;
  private static final int MOST_BYTES = 64;
  private static final int LONGEST_URL = 2_048;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** What of the URL may be shown: its path may be a password. */
  String shown() {
    String server = url.getScheme() + "://" + url.getRawAuthority();
    boolean more = !url.getRawPath().isEmpty() || url.getRawQuery() != null;
    return more ? server + "/…" : server;
  }

  /** The bytes that sign. */
  byte[] key() {
    return keyOf(secret);
  }

  /** The secret is not for logs. */
  @Override
  public String toString() {
    return shown();
  }

  /** In the form that {@link #ofText} reads. */
  String text() {
    return secret + "\n" + url;
  }

  static WebhookTarget ofText(String text) {
    int end = text.indexOf('\n');
    return new WebhookTarget(URI.create(text.substring(end + 1)), text.substring(0, end));
  }

  /** A new secret of 256 bits. */
  static String newSecret() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return PREFIX + Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * Checks a secret that somebody chose.
   *
   * @throws IllegalArgumentException with a sentence that does not repeat it
   */
  static String checkSecret(String secret) {
    try {
      int length = keyOf(secret).length;
      if (secret.startsWith(PREFIX) && length >= LEAST_BYTES && length <= MOST_BYTES) {
        return secret;
      }
    } catch (IllegalArgumentException e) {
      throw notASecret(e);
    }
    throw notASecret(null);
  }

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException with a sentence that does not repeat it
   */
  static URI url(String text) {
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException e) {
      // The message repeats the text, which may have a password in it.
      throw new IllegalArgumentException("that is no URL", e);
    }
    if (text.length() > LONGEST_URL
        || url.getHost() == null
        || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
      throw new IllegalArgumentException(
          "a webhook is a URL with http or https and a host, of at most "
              + LONGEST_URL
              + " characters");
    }
    if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "the URL of a webhook has neither a user before its host nor a # in it");
    }
    return url;
  }

  private static byte[] keyOf(String secret) {
    return Base64.getDecoder()
        .decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
  }

  private static IllegalArgumentException notASecret(@Nullable Throwable cause) {
    return new IllegalArgumentException(
        "a secret is whsec_ and "
            + LEAST_BYTES
            + " to "
            + MOST_BYTES
            + " bytes in Base64; leave it out, and one is made",
        cause);
  }
}
