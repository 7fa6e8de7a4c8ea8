package io.pulzar.extensions;

import io.micronaut.http.HttpStatus;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An answer that an extension chose itself, as {@code pulzarutils.extension.Answer} writes it.
 *
 * @param base64 the body, when it is not an envelope
 */
@Serdeable
record ChosenAnswer(
    int status,
    String msg,
    Map<String, String> headers,
    @Nullable Object data,
    @Nullable String code,
    @Nullable String base64,
    @Nullable String content_type) {

  /** What surrounds it. */
  @Serdeable
  record Wrapped(ChosenAnswer answer) {}

  private static final Pattern TYPE =
      Pattern.compile("[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+(\\s*;[\\x20-\\x7e]*)?");
  private static final Pattern BASE64 =
      Pattern.compile("(?:[A-Za-z0-9+/]{4})*+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

  /** These say where a message ends, which is the server's to know. */
  private static final Set<String> FRAMING =
      Set.of("content-length", "transfer-encoding", "connection", "upgrade", "trailer");

  /** Which field can't be sent, and why. */
  Optional<String> fault() {
    if (status < 200 || status > 599) {
      return Optional.of("status is " + status + ", and must be from 200 to 599");
    }
    if (content_type != null && !TYPE.matcher(content_type).matches()) {
      return Optional.of(
          "content_type is '%s', and must be like text/plain".formatted(content_type));
    }
    if (base64 != null && !BASE64.matcher(base64).matches()) {
      return Optional.of("body is not what the library makes of it");
    }
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (!HEADER.matcher(header.getKey()).matches()) {
        return Optional.of(
            "headers has the name '%s', which HTTP does not allow".formatted(header.getKey()));
      }
      if (!HEADER_VALUE.matcher(header.getValue()).matches()) {
        return Optional.of(
            "headers has a character in %s that HTTP does not allow".formatted(header.getKey()));
      }
      if (FRAMING.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        return Optional.of(
            "headers has %s, which the server sets itself".formatted(header.getKey()));
      }
    }
    return Optional.empty();
  }

  String reason() {
    for (HttpStatus known : HttpStatus.values()) {
      if (known.getCode() == status) {
        return known.getReason();
      }
    }
    return "Answer";
  }

  byte[] body() {
    return Base64.getDecoder().decode(Objects.requireNonNull(base64));
  }

  String mediaType() {
    return Objects.requireNonNullElse(content_type, "application/octet-stream");
  }

  String errorCode() {
    return Objects.requireNonNullElse(code, "extension_refused");
  }
}
