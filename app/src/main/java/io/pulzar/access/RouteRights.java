package io.pulzar.access;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecuredAnnotationRule;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.security.rules.SecurityRuleResult;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import io.pulzar.http.ApiException;
import io.pulzar.rights.Identity;
import io.pulzar.rights.Right;
import io.pulzar.rights.Rights;
import io.pulzar.rights.ScriptScope;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Lets a request in when its sender has the right that its route names with {@code @Secured}. A
 * route that names none is closed. Where a route is about a script, the right must hold for that
 * script; what depends on a key is checked by the route itself.
 */
@Singleton
@Replaces(SecuredAnnotationRule.class)
final class RouteRights implements SecurityRule<HttpRequest<?>> {

  /** What a page of ours sends back with each change. */
  static final String CSRF_HEADER = "X-CSRF-Token";

  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final List<ScriptScope> scopes;

  RouteRights(List<ScriptScope> scopes) {
    this.scopes = scopes;
  }

  @Override
  public Publisher<SecurityRuleResult> check(
      HttpRequest<?> request, @Nullable Authentication authentication) {
    Optional<RouteMatch<?>> route = RouteAttributes.getRouteMatch(request);
    if (route.isEmpty()) {
      // There is nothing to protect: the answer is 404 or 405.
      return Mono.just(SecurityRuleResult.ALLOWED);
    }
    String needed =
        route
            .get()
            .getAnnotationMetadata()
            .stringValue(Secured.class)
            .orElse(SecurityRule.DENY_ALL);
    return refusal(request, needed, authentication)
        .<Mono<SecurityRuleResult>>map(Mono::error)
        .orElseGet(() -> Mono.just(SecurityRuleResult.ALLOWED));
  }

  private Optional<ApiException> refusal(
      HttpRequest<?> request, String needed, @Nullable Authentication authentication) {
    if (needed.equals(Rights.PUBLIC)) {
      return Optional.empty();
    }
    if (!(authentication instanceof Identity identity)) {
      return Optional.of(ApiException.unauthorized(howToSignIn(request)));
    }
    if (identity.csrf().isPresent() && !SAFE.contains(request.getMethod())) {
      String sent = request.getHeaders().get(CSRF_HEADER);
      if (sent == null || !SecretText.equal(sent, identity.csrf().get())) {
        return Optional.of(
            new ApiException(
                403,
                "csrf",
                "a change from a browser needs the header " + CSRF_HEADER + " of its session",
                null,
                null));
      }
    }
    if (needed.equals(Rights.SIGNED_IN)) {
      return Optional.empty();
    }
    if (needed.equals(SecurityRule.DENY_ALL)) {
      return Optional.of(new ApiException(403, "forbidden", "this is closed", null, null));
    }
    try {
      check(identity, Right.valueOf(needed.toUpperCase(Locale.ROOT)), request.getPath());
      return Optional.empty();
    } catch (ApiException refused) {
      return Optional.of(refused);
    }
  }

  private void check(Identity identity, Right right, String path) {
    identity.require(right);
    if (!identity.mayEverywhere(right)) {
      scopes.stream()
          .flatMap(scope -> scope.scriptOf(path).stream())
          .forEach(script -> identity.requireScript(right, script));
    }
  }

  private static String howToSignIn(HttpRequest<?> request) {
    return request.getHeaders().contains(HttpHeaders.AUTHORIZATION)
        ? "the token is unknown, revoked or has expired; pulzar token create makes another"
        : "this server asks who you are: send Authorization: Bearer TOKEN, or sign in on its page";
  }
}
