package io.pulzar.extensions;

import io.micronaut.http.HttpStatus;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
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
