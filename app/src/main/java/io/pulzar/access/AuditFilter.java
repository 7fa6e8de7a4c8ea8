package io.pulzar.access;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.pulzar.http.ClientAddress;
import io.pulzar.rights.Access;
import io.pulzar.rights.AuditNote;
import io.pulzar.roles.OnMaster;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/** Puts into the audit log what changed something, and what was refused for want of a right. */
@OnMaster
@Requires(property = Access.ON, notEquals = "false")
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class AuditFilter implements Ordered {

  /** The attribute of a request that signed somebody in, with their name. */
  static final String SIGNED_IN = "pulzar.signed.in";

  private static final Set<HttpMethod> READING =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
  private static final Set<Integer> REFUSED = Set.of(401, 403, 429);

  /** Questions of the cluster's own servers, many a second. */
  private static final String BETWEEN_SERVERS = "/skynet/";

  private static final int LONGEST = 1_024;

  private final AuditLog log;
  private final Access access;
  private final Clock clock;

  AuditFilter(AuditLog log, Access access, Clock clock) {
    this.log = log;
    this.access = access;
    this.clock = clock;
  }

  @ResponseFilter
  void note(HttpRequest<?> request, MutableHttpResponse<?> response) {
    Optional<String> signedIn = request.getAttribute(SIGNED_IN, String.class);
    boolean changes =
        signedIn.isPresent()
            || !(READING.contains(request.getMethod()) || AuditNote.readsOnly(request));
    String path = request.getPath();
    if ((changes || REFUSED.contains(response.code())) && !path.startsWith(BETWEEN_SERVERS)) {
      log.add(
          new AuditEntry(
              clock.instant(),
              signedIn.orElseGet(() -> access.of(request).name()),
              ClientAddress.of(request),
              cut(
                  request.getMethodName()
                      + " "
                      + cut(path)
                      + AuditNote.in(request).map(what -> " " + what).orElse("")),
              response.code()));
    }
  }

  private static String cut(String text) {
    return text.substring(0, Math.min(LONGEST, text.length()));
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }
}
