package io.pulzar.access;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import java.util.Optional;

/** What a request says of its sender, as hashes: the texts go no further than here. */
sealed interface Credential {

  /** The cookie of a session. */
  String COOKIE = "pulzar_session";

  String SCHEME = "Bearer ";

  /** The most characters that are looked at: longer ones are no credentials of ours. */
  int LONGEST = 256;

  /** What can't be a credential of ours is that of nobody. */
  String OF_NOTHING = "-";

  /** By which it is found. */
  String hash();

  record OfToken(String hash) implements Credential {}

  record OfSession(String hash) implements Credential {}

  /** A token counts before a session: who sends both is a program with a browser's cookies. */
  static Optional<Credential> of(HttpRequest<?> request) {
    String header = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
    if (header != null) {
      return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
          ? hashed(header.substring(SCHEME.length()).strip()).map(OfToken::new)
          : Optional.of(new OfToken(OF_NOTHING));
    }
    if (!request.getHeaders().contains(HttpHeaders.COOKIE)) {
      return Optional.empty();
    }
    return request
        .getCookies()
        .findCookie(COOKIE)
        .map(Cookie::getValue)
        .flatMap(Credential::hashed)
        .map(OfSession::new);
  }

  private static Optional<String> hashed(String text) {
    return Optional.of(text.length() > LONGEST ? OF_NOTHING : SecretText.hash(text));
  }
}
