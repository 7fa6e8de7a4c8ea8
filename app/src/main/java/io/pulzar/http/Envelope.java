package io.pulzar.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/**
 * The body of every JSON answer.
 *
 * @param data any value that serializes to JSON; absent answers carry {@code null}
 * @param status {@code ok} exactly when the HTTP status is 2xx or 3xx, otherwise {@code ko}
 * @param msg what happened, for a person; may be empty, never null
 * @param code on errors a stable name in snake case for programs; absent otherwise
 */
@Serdeable
public record Envelope(
    @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Object data,
    String status,
    String msg,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String code) {

  public static Envelope ok(@Nullable Object data) {
    return ok(data, "");
  }

  public static Envelope ok(@Nullable Object data, String msg) {
    return new Envelope(data, "ok", msg, null);
  }

  public static Envelope error(String code, String msg, @Nullable Object data) {
    return new Envelope(data, "ko", msg, code);
  }

  /**
   * A successful envelope around a value that is JSON already, without parsing it again.
   *
   * @param json one complete JSON value; the caller vouches for it
   * @return the whole body
   */
  public static String okAround(String json) {
    return "{\"data\":" + json + ",\"status\":\"ok\",\"msg\":\"\"}";
  }
}
