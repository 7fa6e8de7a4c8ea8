package io.pulzar.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads a body as text, exactly: what can't be read is refused, and never replaced by something
 * that its client did not send.
 */
public final class BodyText {

  private static final String BYTE_ORDER_MARK = "\ufeff";

  private BodyText() {}

  /**
   * Decodes a body in the charset that its request declares, UTF-8 when it declares none.
   *
   * @throws ApiException 400 {@code bad_encoding} naming the byte; 415 for a compressed body and
   *     for a charset that is not known
   */
  public static String decode(HttpRequest<?> request, byte[] body) {
    requirePlain(request.getHeaders());
    Charset charset = charset(request);
    if (charset.equals(StandardCharsets.UTF_8)) {
      requireNoOther(body);
    }
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.wrap(body);
    CharBuffer text =
        CharBuffer.allocate((int) (body.length * (double) decoder.maxCharsPerByte()) + 1);
    CoderResult result = decoder.decode(bytes, text, true);
    if (result.isUnderflow()) {
      result = decoder.flush(text);
    }
    if (result.isError()) {
      throw ApiException.badRequest(
          "bad_encoding",
          "byte %d of the body, 0x%02X, is not %s; send UTF-8, or declare the charset in Content-Type"
              .formatted(bytes.position() + 1, body[bytes.position()] & 0xff, charset.name()));
    }
    String read = text.flip().toString();
    return read.startsWith(BYTE_ORDER_MARK) ? read.substring(1) : read;
  }

  /** The refusal when a body that should be JSON is declared to be something else; or nothing. */
  public static Optional<ApiException> declaredAs(HttpRequest<?> request) {
    return request
        .getContentType()
        .map(type -> type.getName().toLowerCase(Locale.ROOT))
        .filter(
            name ->
                name.equals(MediaType.APPLICATION_FORM_URLENCODED)
                    || name.startsWith("multipart/")
                    || name.endsWith("xml"))
        .map(
            name ->
                ApiException.unsupportedMedia(
                    "a body of the type " + name + " is not taken here; send JSON"));
  }

  /**
   * Refuses a body that is compressed: nobody here would unpack it, or say so to who reads it.
   *
   * @throws ApiException 415
   */
  public static void requirePlain(HttpHeaders headers) {
    String coding = headers.get(HttpHeaders.CONTENT_ENCODING);
    if (coding != null && !coding.strip().equalsIgnoreCase("identity")) {
      throw ApiException.unsupportedMedia(
          "the Content-Encoding %s is not taken; send the body as it is"
              .formatted(coding.replaceAll("[^\\x20-\\x7e]", "?")));
    }
  }

  private static Charset charset(HttpRequest<?> request) {
    Optional<String> declared =
        request.getContentType().flatMap(type -> type.getParameters().get("charset"));
    if (declared.isEmpty()) {
      return StandardCharsets.UTF_8;
    }
    String name = declared.get().strip().replace("\"", "");
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw ApiException.unsupportedMedia(
          "the charset '%s' is not known; send UTF-8"
              .formatted(name.replaceAll("[^\\x20-\\x7e]", "?")));
    }
  }

  /** Says what a body is that could be taken for broken UTF-8. */
  private static void requireNoOther(byte[] body) {
    if (starts(body, 0x1f, 0x8b)) {
      throw ApiException.unsupportedMedia("the body is compressed with gzip; send it as it is");
    }
    boolean marked = starts(body, 0xfe, 0xff) || starts(body, 0xff, 0xfe);
    if (marked || (body.length >= 2 && (body[0] == 0) != (body[1] == 0))) {
      throw ApiException.unsupportedMedia(
          "the body is UTF-16; send UTF-8, or declare the charset in Content-Type");
    }
  }

  private static boolean starts(byte[] body, int first, int second) {
    return body.length >= 2 && (body[0] & 0xff) == first && (body[1] & 0xff) == second;
  }
}
