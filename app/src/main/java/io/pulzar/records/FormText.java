package io.pulzar.records;

import io.micronaut.http.HttpRequest;
import io.pulzar.http.ApiException;
import io.pulzar.http.RawPath;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads form fields, of a query or of a body; the first of a repeated one counts. */
final class FormText {

  private FormText() {}

  /**
   * @throws ApiException 400 when an escape is broken or is not UTF-8
   */
  static Map<String, String> parse(String encoded) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String field : encoded.split("&", -1)) {
      if (!field.isEmpty()) {
        int equals = field.indexOf('=');
        String name = equals < 0 ? field : field.substring(0, equals);
        String value = equals < 0 ? "" : field.substring(equals + 1);
        fields.putIfAbsent(decode(name), decode(value));
      }
    }
    return fields;
  }

  static Map<String, String> ofQuery(HttpRequest<?> request) {
    String query = request.getUri().getRawQuery();
    return query == null ? Map.of() : parse(query);
  }

  private static String decode(String text) {
    return RawPath.decode(text.replace('+', ' '));
  }

  /**
   * @throws ApiException 400 {@code not_utf8}
   */
  static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw ApiException.badRequest("not_utf8", "the text is not UTF-8: send it as UTF-8");
    }
  }
}
