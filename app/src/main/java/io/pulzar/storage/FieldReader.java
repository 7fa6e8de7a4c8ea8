package io.pulzar.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Reads what a {@link FieldWriter} wrote, field by field. */
public final class FieldReader {

  private final ByteBuffer source;

  FieldReader(ByteBuffer source) {
    this.source = source;
  }

  public long number() {
    long folded = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = source.get();
      folded |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return (folded >>> 1) ^ -(folded & 1);
      }
    }
  }

  public boolean flag() {
    return source.get() != 0;
  }

  public String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  public byte[] bytes() {
    byte[] value = new byte[Math.toIntExact(number())];
    source.get(value);
    return value;
  }

  public Instant moment() {
    return Instant.ofEpochSecond(number(), number());
  }

  public Optional<String> optionalText() {
    return flag() ? Optional.of(text()) : Optional.empty();
  }

  public Optional<Instant> optionalMoment() {
    return flag() ? Optional.of(moment()) : Optional.empty();
  }

  /** Whether fields follow: a later version may have added some at the end. */
  public boolean hasMore() {
    return source.hasRemaining();
  }
}
