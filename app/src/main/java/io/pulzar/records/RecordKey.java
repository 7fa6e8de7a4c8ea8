package io.pulzar.records;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What a record is found by: its kind and its name, the {@code uid} of a text. */
record RecordKey(Kind kind, String name) {

  /** Over how many ranges the records are spread for comparing replicas. */
  static final int BUCKETS = 4096;

  int bucket() {
    return (int) (hash("") >>> 52);
  }

  /** 64 bits of a digest over kind, name and {@code rest}: enough to tell that copies differ. */
  long hash(String rest) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((byte) kind.number());
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      byte[] hash = digest.digest(rest.getBytes(StandardCharsets.UTF_8));
      long bits = 0;
      for (int at = 0; at < Long.BYTES; at++) {
        bits = bits << 8 | (hash[at] & 0xff);
      }
      return bits;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
