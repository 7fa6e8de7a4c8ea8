package io.pulzar.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.filters.AuthenticationFetcher;
import io.pulzar.link.ClusterKey;
import io.pulzar.rights.AccessRole;
import io.pulzar.rights.Grant;
import io.pulzar.rights.Identity;
import io.pulzar.rights.MachineTokens;
import io.pulzar.rights.PathPattern;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Finds out who sends a request: by a ticket of the master, a token or a session. */
@Singleton
final class RequestIdentity implements AuthenticationFetcher<HttpRequest<?>> {

  private static final String TICKET = KeyTicket.PARAMETER + "=";

  /** The ticket is for one path; what may be done there is what the route does. */
  private static final Identity REDIRECTED =
      new Identity(
          "whom the master sent",
          List.of(new Grant(AccessRole.RUNNER, PathPattern.ALL, PathPattern.ALL)),
          Optional.empty());

  private final CredentialCheck check;
  private final List<MachineTokens> machines;
  private final ClusterKey key;
  private final Clock clock;

  RequestIdentity(
      CredentialCheck check, List<MachineTokens> machines, ClusterKey key, Clock clock) {
    this.check = check;
    this.machines = List.copyOf(machines);
    this.key = key;
    this.clock = clock;
  }

  @Override
  public Publisher<Authentication> fetchAuthentication(HttpRequest<?> request) {
    if (hasTicket(request)) {
      return Mono.just(REDIRECTED);
    }
    for (MachineTokens machine : machines) {
      Optional<Identity> holder = machine.holder(request);
      if (holder.isPresent()) {
        return Mono.just(holder.get());
      }
    }
    return Credential.of(request)
        .map(
            credential ->
                Mono.fromFuture(() -> check.identify(credential).toCompletableFuture(), true)
                    .flatMap(found -> Mono.<Authentication>justOrEmpty(found)))
        .orElseGet(Mono::empty);
  }

  private boolean hasTicket(HttpRequest<?> request) {
    String query = request.getUri().getRawQuery();
    if (query == null || !query.contains(TICKET)) {
      return false;
    }
    String ticket = request.getParameters().get(KeyTicket.PARAMETER);
    return ticket != null && KeyTicket.holds(key, ticket, request.getPath(), clock.instant());
  }
}
