package io.pulzar.records;

import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.json.JsonMapper;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.HttpData;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.ErrorDataDecoderException;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import io.pulzar.http.ApiException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Finds the text in a request's body: a form's field, a JSON object's, or all of it. */
final class TextBody {

  private static final String VALUE = "value";
  private static final String MULTIPART = "multipart/form-data";
  private static final Argument<Map<String, Object>> OBJECT =
      Argument.mapOf(String.class, Object.class);

  private TextBody() {}

  /**
   * The text.
   *
   * @return empty when the form has no such field
   * @throws ApiException 400 when the body is not what its type says
   */
  static Optional<String> value(HttpRequest<?> request, byte[] body, JsonMapper json) {
    return field(request, body, json, VALUE);
  }

  /** The same for any field. */
  static Optional<String> field(
      HttpRequest<?> request, byte[] body, JsonMapper json, String field) {
    String type = request.getContentType().map(MediaType::getName).orElse("");
    return switch (type) {
      case MediaType.APPLICATION_FORM_URLENCODED, "" ->
          Optional.ofNullable(FormText.parse(FormText.utf8(body)).get(field));
      case MULTIPART -> multipart(request, body, field);
      case MediaType.APPLICATION_JSON -> fromJson(body, json, field);
      case MediaType.TEXT_PLAIN ->
          field.equals(VALUE) ? Optional.of(FormText.utf8(body)) : Optional.empty();
      default ->
          throw ApiException.badRequest(
              "not_a_form",
              "the body is a form with the field value, JSON or plain text, and not " + type);
    };
  }

  private static Optional<String> fromJson(byte[] body, JsonMapper json, String field) {
    Map<String, Object> fields;
    try {
      fields = json.readValue(FormText.utf8(body), OBJECT);
    } catch (IOException e) {
      throw ApiException.badRequest("malformed_json", "the body is not a JSON object");
    }
    Object value = fields == null ? null : fields.get(field);
    if (value != null && !(value instanceof String)) {
      throw ApiException.badRequest("not_a_text", field + " must be a text");
    }
    return Optional.ofNullable((String) value);
  }

  private static Optional<String> multipart(HttpRequest<?> request, byte[] body, String field) {
    DefaultFullHttpRequest whole =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(body));
    whole
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, request.getHeaders().get(HttpHeaderNames.CONTENT_TYPE));
    DefaultHttpDataFactory inMemory = new DefaultHttpDataFactory(false, StandardCharsets.UTF_8);
    try {
      HttpPostRequestDecoder decoder = new HttpPostRequestDecoder(inMemory, whole);
      try {
        InterfaceHttpData data = decoder.getBodyHttpData(field);
        return data instanceof HttpData found
            ? Optional.of(FormText.utf8(found.get()))
            : Optional.empty();
      } finally {
        decoder.destroy();
      }
    } catch (IOException | ErrorDataDecoderException e) {
      throw ApiException.badRequest("not_a_form", "the body is no multipart form");
    }
  }
}
