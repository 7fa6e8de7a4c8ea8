package io.pulzar.link;

import io.micronaut.context.annotation.Context;
import io.micronaut.http.HttpRequest;
import io.pulzar.settings.Settings;
import java.time.Clock;
import java.util.UUID;

/**
 * Lets in requests without a body that whoever holds the cluster's key has signed: for answers that
 * are too large to be one of the link's.
 *
 * <p>Made with its context, since it refuses what was signed before it was there.
 */
@Context
public final class ClusterGuard {

  private static final String METHOD = "GET";
  private static final byte[] NO_BODY = {};

  private final PassportControl control;

  ClusterGuard(ClusterKey key, Clock clock, Settings settings) {
    this.control = new PassportControl(key, clock, settings);
  }

  /**
   * Checks a request.
   *
   * @throws io.pulzar.http.ApiException 401 when it is not signed with the key, or not now
   */
  public void check(HttpRequest<?> request) {
    control.check(
        request.getHeaders().get(Passport.HEADER),
        Passport.Subject.of(request.getMethodName(), request.getPath(), NO_BODY));
  }

  /**
   * Checks a request with a body, over its path with its query.
   *
   * @throws io.pulzar.http.ApiException 401 when it is not signed with the key, or not now
   */
  public void check(HttpRequest<?> request, byte[] body) {
    String query = request.getUri().getRawQuery();
    String path = request.getPath() + (query == null ? "" : "?" + query);
    control.check(
        request.getHeaders().get(Passport.HEADER),
        Passport.Subject.of(request.getMethodName(), path, body));
  }

  /** Whether a request claims to be signed. */
  public static boolean isSigned(HttpRequest<?> request) {
    return request.getHeaders().contains(Passport.HEADER);
  }

  /** The name and the value of the header that lets one GET of {@code path} in. */
  public static String[] signed(ClusterKey key, String path, Clock clock) {
    Passport.Subject subject = Passport.Subject.of(METHOD, path, NO_BODY);
    String nonce = UUID.randomUUID().toString();
    return new String[] {
      Passport.HEADER, Passport.sign(key, subject, clock.instant(), nonce).header()
    };
  }
}
