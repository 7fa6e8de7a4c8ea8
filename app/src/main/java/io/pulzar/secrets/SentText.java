package io.pulzar.secrets;

import io.micronaut.http.ServerHttpRequest;
import io.pulzar.http.ApiException;
import io.pulzar.http.BodyText;
import io.pulzar.http.WholeBody;
import io.pulzar.settings.Setting;
import java.util.concurrent.CompletionStage;

/** A request's body as a text that a script can find in its environment. */
final class SentText {

  private SentText() {}

  /**
   * Reads it.
   *
   * @param setting which bounds it
   * @throws ApiException 400 when it is empty or no text, 413 when it is longer
   */
  static CompletionStage<String> read(
      ServerHttpRequest<?> request, long most, Setting<Long> setting) {
    return WholeBody.read(request, most, bytes -> tooLong(bytes, setting))
        .thenApply(body -> checked(BodyText.decode(request, body)));
  }

  private static String checked(String text) {
    if (text.isEmpty()) {
      throw ApiException.badRequest("bad_value", "the body is empty, and should be the value");
    }
    if (text.indexOf('\0') >= 0) {
      throw ApiException.badRequest(
          "bad_value", "the value has a zero byte, which no environment can hold: encode it");
    }
    return text;
  }

  private static ApiException tooLong(long bytes, Setting<Long> setting) {
    return ApiException.tooLarge(
        "value_too_large", "the value may have " + bytes + " bytes; raise " + setting);
  }
}
