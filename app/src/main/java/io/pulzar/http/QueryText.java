package io.pulzar.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Checks a query before anybody reads it: the framework puts another character in the place of what
 * is not UTF-8.
 */
final class QueryText {

  private QueryText() {}

  /**
   * @param query as it was sent, without the question mark
   * @throws ApiException 400 {@code bad_query} naming the parameter
   */
  static void check(String query) {
    if (query.indexOf('%') < 0) {
      return;
    }
    for (String parameter : query.split("&", -1)) {
      if (parameter.indexOf('%') >= 0 && !isText(parameter)) {
        int end = parameter.indexOf('=');
        String name = end < 0 ? parameter : parameter.substring(0, end);
        throw ApiException.badRequest(
            "bad_query",
            "the percent-encoding of the parameter %s in the query is not UTF-8".formatted(name));
      }
    }
  }

  /** A sign of percent without two digits is no URL, which is refused elsewhere. */
  private static boolean isText(String parameter) {
    ByteBuffer bytes = ByteBuffer.allocate(parameter.length() * 3);
    for (int at = 0; at < parameter.length(); at++) {
      char next = parameter.charAt(at);
      int high = at + 2 < parameter.length() ? Character.digit(parameter.charAt(at + 1), 16) : -1;
      int low = at + 2 < parameter.length() ? Character.digit(parameter.charAt(at + 2), 16) : -1;
      if (next == '%' && high >= 0 && low >= 0) {
        bytes.put((byte) (high << 4 | low));
        at += 2;
      } else {
        bytes.put((byte) (next < 0x80 ? next : '?'));
      }
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
