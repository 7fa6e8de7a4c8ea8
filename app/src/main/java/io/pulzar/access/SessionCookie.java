package io.pulzar.access;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import io.pulzar.http.Envelope;

/** What a browser is given and shows again. */
final class SessionCookie {

  private SessionCookie() {}

  /** The answer that signs a browser in. */
  static MutableHttpResponse<Envelope> give(
      HttpRequest<?> request, AccessStore.NewSession made, MutableHttpResponse<Envelope> response) {
    request.setAttribute(AuditFilter.SIGNED_IN, made.session().user());
    return response
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .cookie(cookie(request, Credential.COOKIE, made.cookie()).path("/"));
  }

  /** The answer that takes it back. */
  static MutableHttpResponse<Envelope> take(
      HttpRequest<?> request, MutableHttpResponse<Envelope> response) {
    return response.cookie(cookie(request, Credential.COOKIE, "").path("/").maxAge(0));
  }

  /**
   * One that no script reads, no other site sends along, and over https never goes in the clear.
   */
  static Cookie cookie(HttpRequest<?> request, String name, String value) {
    return Cookie.of(name, value).httpOnly(true).secure(request.isSecure()).sameSite(SameSite.Lax);
  }
}
