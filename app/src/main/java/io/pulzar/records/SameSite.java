package io.pulzar.records;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.pulzar.http.ApiException;
import java.net.URI;

/**
 * Writing by GET is kept because clients do it. A browser would do it too for any page that names
 * the address of an image here; so what a browser says to come from elsewhere, or to be a guess at
 * what its user may look at next, is refused.
 */
final class SameSite {

  private SameSite() {}

  /**
   * @throws ApiException 403 {@code cross_site}
   */
  static void check(HttpRequest<?> request) {
    HttpHeaders headers = request.getHeaders();
    if ("cross-site".equals(headers.get("Sec-Fetch-Site")) || isForeign(request)) {
      throw refused("another site's page can't write here; send POST or PUT from a program");
    }
    String purpose = headers.get("Sec-Purpose") + headers.get("Purpose") + headers.get("X-Moz");
    if (purpose.contains("prefetch")) {
      throw refused("a prefetch can't write");
    }
  }

  private static boolean isForeign(HttpRequest<?> request) {
    String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
    if (origin == null) {
      return false;
    }
    try {
      return !String.valueOf(URI.create(origin).getAuthority())
          .equals(request.getHeaders().get(HttpHeaders.HOST));
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  private static ApiException refused(String message) {
    return new ApiException(403, "cross_site", message, null, null);
  }
}
