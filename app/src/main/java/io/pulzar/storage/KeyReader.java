package io.pulzar.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Reads what a {@link KeyWriter} wrote, part by part. */
public final class KeyReader {

  private final ByteBuffer source;

  public KeyReader(ByteBuffer source) {
    this.source = source;
  }

  public long number() {
    return source.getLong() ^ Long.MIN_VALUE;
  }

  public int small() {
    return source.get() & 0xff;
  }

  public Instant moment() {
    return Instant.ofEpochMilli(number());
  }

  public String text() {
    int end = source.position();
    while (source.get(end) != KeyWriter.END) {
      end++;
    }
    String text = take(end - source.position());
    source.get();
    return text;
  }

  public String lastText() {
    return take(source.remaining());
  }

  private String take(int length) {
    byte[] bytes = new byte[length];
    source.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
