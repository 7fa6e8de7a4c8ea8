package io.pulzar.bucket;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands beside an object's bytes, so that an index that was lost can be made again.
 *
 * @param key that the value was written under
 * @param written when
 * @param expires when the key goes by itself; empty: never
 * @param write names the one write that made the object
 */
public record About(String key, Instant written, Optional<Instant> expires, String write) {

  private static final String KEY = "pulzar-key";
  private static final String WRITTEN = "pulzar-written";
  private static final String EXPIRES = "pulzar-expires";
  private static final String WRITE = "pulzar-write";

  Map<String, String> metadata() {
    Map<String, String> metadata = new HashMap<>();
    // Headers lose blanks, and keys may have them.
    metadata.put(
        KEY,
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(key.getBytes(StandardCharsets.US_ASCII)));
    metadata.put(WRITTEN, Long.toString(written.toEpochMilli()));
    expires.ifPresent(at -> metadata.put(EXPIRES, Long.toString(at.toEpochMilli())));
    metadata.put(WRITE, write);
    return metadata;
  }

  /** Empty when the object was not made by Pulzar. */
  static Optional<About> of(Map<String, String> metadata) {
    @Nullable String key = metadata.get(KEY);
    @Nullable String written = metadata.get(WRITTEN);
    if (key == null || written == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new About(
              new String(Base64.getUrlDecoder().decode(key), StandardCharsets.US_ASCII),
              moment(written),
              Optional.ofNullable(metadata.get(EXPIRES)).map(About::moment),
              metadata.getOrDefault(WRITE, "")));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Instant moment(String millis) {
    return Instant.ofEpochMilli(Long.parseLong(millis));
  }
}
