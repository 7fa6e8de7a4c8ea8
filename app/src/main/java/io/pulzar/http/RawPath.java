package io.pulzar.http;

import io.micronaut.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads data out of a request's path exactly as it was sent.
 *
 * <p>The framework's path variables are cut at a trailing slash and decoded by rules of HTML forms,
 * where a plus sign is a space. Keys and arguments need the bytes that the client meant (RFC 3986):
 * only {@code %XX} is decoded, as UTF-8, and {@code %2F} does not separate segments.
 */
public final class RawPath {

  private RawPath() {}

  /**
   * The path after {@code prefix}, still percent-encoded, with empty segments and a trailing slash
   * kept.
   *
   * @param prefix of the route, for example {@code /get_key/}
   * @throws ApiException 400 {@code bad_path} when the path does not start with it, or has
   *     characters that a URL can't have
   */
  public static String tail(HttpRequest<?> request, String prefix) {
    String path = request.getPath();
    if (!path.startsWith(prefix)) {
      throw ApiException.badRequest("bad_path", "the path must start with " + prefix);
    }
    String tail = path.substring(prefix.length());
    if (!tail.chars().allMatch(RawPath::mayStandInUrl)) {
      throw ApiException.badRequest(
          "bad_path", "the path has characters that must be percent-encoded");
    }
    return tail;
  }

  private static boolean mayStandInUrl(int character) {
    return character > ' ' && character < 0x7f;
  }

  /**
   * Splits at each {@code /} and decodes each part; empty parts are kept, so that the caller
   * decides what they mean.
   *
   * @throws ApiException 400 {@code bad_path} when an escape is broken or is not UTF-8
   */
  public static List<String> segments(String encoded) {
    List<String> segments = new ArrayList<>();
    int start = 0;
    for (int slash = encoded.indexOf('/'); slash >= 0; slash = encoded.indexOf('/', start)) {
      segments.add(decode(encoded.substring(start, slash)));
      start = slash + 1;
    }
    segments.add(decode(encoded.substring(start)));
    return segments;
  }

  /**
   * Decodes {@code %XX} and nothing else.
   *
   * @throws ApiException 400 {@code bad_path} when an escape is broken or is not UTF-8
   */
  public static String decode(String encoded) {
    if (encoded.indexOf('%') < 0) {
      return encoded;
    }
    byte[] sent = encoded.getBytes(StandardCharsets.UTF_8);
    ByteBuffer decoded = ByteBuffer.allocate(sent.length);
    for (int at = 0; at < sent.length; at++) {
      if (sent[at] != '%') {
        decoded.put(sent[at]);
        continue;
      }
      int high = at + 2 < sent.length ? Character.digit(sent[at + 1], 16) : -1;
      int low = at + 2 < sent.length ? Character.digit(sent[at + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw ApiException.badRequest(
            "bad_path",
            "a % in the path must be followed by two hexadecimal digits; send % as %25");
      }
      decoded.put((byte) (high << 4 | low));
      at += 2;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
    } catch (CharacterCodingException e) {
      throw ApiException.badRequest("bad_path", "the path's percent-encoding is not UTF-8");
    }
  }
}
