package io.pulzar.records;

import io.micronaut.http.HttpRequest;
import io.pulzar.http.ApiException;
import io.pulzar.http.RawPath;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a path below {@code /text/} names.
 *
 * @param ending of the path that chooses the representation: {@code .json}, {@code .xml} or empty
 */
record TextUid(String uid, String ending) {

  static final String PREFIX = "/text/";
  private static final int MOST_BYTES = 255;
  private static final List<String> ENDINGS = List.of(".json", ".xml");

  /**
   * @throws ApiException 404 when there is more than one segment, 400 {@code illegal_uid}
   */
  static TextUid of(HttpRequest<?> request) {
    List<String> segments = RawPath.segments(RawPath.tail(request, PREFIX));
    if (segments.size() != 1) {
      throw noSuchResource();
    }
    String name = segments.getFirst();
    String ending = endingOf(name);
    String uid = name.substring(0, name.length() - ending.length());
    return new TextUid(key(uid).name(), ending);
  }

  /**
   * The key of a uid.
   *
   * @throws ApiException 400 {@code illegal_uid}
   */
  static RecordKey key(String uid) {
    if (uid.isEmpty() || !isLegal(uid)) {
      throw ApiException.badRequest(
          "illegal_uid",
          "a uid has 1 to 255 bytes of UTF-8, no control characters and no slash, and is not . or"
              + " ..");
    }
    return new RecordKey(Kind.TEXT, uid);
  }

  static String endingOf(String name) {
    return ENDINGS.stream()
        .filter(ending -> name.endsWith(ending) && name.length() > ending.length())
        .findFirst()
        .orElse("");
  }

  private static boolean isLegal(String uid) {
    return uid.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES
        && !uid.equals(".")
        && !uid.equals("..")
        && uid.chars()
            .noneMatch(character -> character == '/' || Character.isISOControl(character));
  }

  static ApiException noSuchResource() {
    return ApiException.notFound("no_such_route", "The requested resource does not exist.");
  }

  RecordKey key() {
    return new RecordKey(Kind.TEXT, uid);
  }
}
