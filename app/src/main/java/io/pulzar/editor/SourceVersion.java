package io.pulzar.editor;

import io.pulzar.storage.FieldReader;
import io.pulzar.storage.FieldWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * A file as it was once.
 *
 * @param number counts up with each version of a file
 * @param who brought it about; empty: somebody did it on the disk
 * @param deleted whether the file was removed; then the text is empty
 */
record SourceVersion(long number, Instant time, String who, boolean deleted, String text) {

  void write(FieldWriter out) {
    out.number(number).moment(time).text(who).flag(deleted).text(text);
  }

  static SourceVersion read(FieldReader in) {
    return new SourceVersion(in.number(), in.moment(), in.text(), in.flag(), in.text());
  }

  /**
   * A version without its text.
   *
   * @param size in bytes
   */
  record Summary(long number, Instant time, String who, boolean deleted, int size, String sha256) {}

  Summary summary() {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    return new Summary(number, time, who, deleted, content.length, sha256(content));
  }

  /** Names the content, as its {@code ETag} does. */
  String sha256() {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JVM has SHA-256", impossible);
    }
  }
}
