package io.pulzar.link;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The credential of one question, as it stands in the {@code passport} header: {@code
 * v1:<milliseconds>:<nonce>:<signature>}.
 *
 * <p>The signature is HMAC-SHA256 under the cluster's key over the method, the path with its query,
 * the digest of the body, the time and the nonce, so that none of them can be changed.
 */
record Passport(Instant time, String nonce, String signature) {

  static final String HEADER = "passport";

  private static final String VERSION = "v1";
  private static final int LONGEST_NONCE = 64;

  /**
   * What a credential vouches for.
   *
   * @param path with its query
   * @param digest of the body
   */
  record Subject(String method, String path, String digest) {

    static Subject of(String method, String path, byte[] body) {
      return new Subject(method, path, digestOf(body));
    }
  }

  static Passport sign(ClusterKey key, Subject subject, Instant time, String nonce) {
    return new Passport(time, nonce, signature(key, subject, time, nonce));
  }

  static Optional<Passport> parse(String header) {
    String[] parts = header.split(":", -1);
    if (parts.length != 4
        || !parts[0].equals(VERSION)
        || parts[2].isEmpty()
        || parts[2].length() > LONGEST_NONCE) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Passport(Instant.ofEpochMilli(Long.parseLong(parts[1])), parts[2], parts[3]));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  boolean vouchesFor(ClusterKey key, Subject subject) {
    byte[] expected = signature(key, subject, time, nonce).getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.US_ASCII));
  }

  String header() {
    return String.join(":", VERSION, Long.toString(time.toEpochMilli()), nonce, signature);
  }

  /**
   * Proves that an answer comes from a holder of the key and belongs to the question with this
   * nonce.
   */
  static String signAnswer(ClusterKey key, String nonce, int status, byte[] body) {
    return key.sign(
        String.join("\n", VERSION, "answer", nonce, Integer.toString(status), digestOf(body)));
  }

  private static String signature(ClusterKey key, Subject subject, Instant time, String nonce) {
    return key.sign(
        String.join(
            "\n",
            VERSION,
            subject.method(),
            subject.path(),
            subject.digest(),
            Long.toString(time.toEpochMilli()),
            nonce));
  }

  private static String digestOf(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
