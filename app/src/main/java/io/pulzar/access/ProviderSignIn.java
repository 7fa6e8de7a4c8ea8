package io.pulzar.access;

import io.pulzar.http.ApiException;
import io.pulzar.oidc.OidcProvider;
import io.pulzar.oidc.OidcSettings;
import io.pulzar.oidc.Person;
import io.pulzar.rights.Access;
import io.pulzar.rights.Grant;
import io.pulzar.settings.Settings;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** Signs people in whom the provider of the settings knows, when there is one. */
final class ProviderSignIn implements AutoCloseable {

  /** Before the names of people, so that none of them is taken for a user of ours. */
  private static final String NAME = "oidc:";

  /** A place of our own page: everything else a link could name leads to its start. */
  private static final Pattern PLACE = Pattern.compile("/#/[A-Za-z0-9_./?&=%~,:;@!$()*+-]{0,500}");

  private final Optional<OidcProvider> provider;
  private final ProviderAttempts attempts;
  private final AccessStore store;
  private final GrantStore grants;

  ProviderSignIn(
      Settings settings, Access access, AccessStore store, GrantStore grants, Clock clock) {
    this.provider =
        OidcSettings.of(settings)
            .filter(chosen -> access.on())
            .map(chosen -> new OidcProvider(chosen, settings, clock));
    this.attempts = new ProviderAttempts(clock);
    this.store = store;
    this.grants = grants;
  }

  /** What its button says; empty: there is no provider. */
  Optional<String> button() {
    return provider.map(OidcProvider::button);
  }

  /**
   * @param url of the provider
   * @param cookie what the browser must show when it comes back
   */
  record Sent(URI url, String cookie) {}

  /**
   * @param place where the browser goes on
   */
  record SignedIn(AccessStore.NewSession session, URI place) {}

  /**
   * Sends a browser to the provider.
   *
   * @param usual where it comes back to, unless a setting says where
   * @param place of our page, where it goes on then
   */
  Sent send(URI usual, String place) {
    OidcProvider known = provider();
    String safe = PLACE.matcher(place).matches() ? place : "/";
    ProviderAttempts.Begun begun = attempts.begin(known.callback().orElse(usual), safe);
    return new Sent(known.signInUrl(begun.attempt()), begun.cookie());
  }

  /** Receives a browser from it. */
  CompletionStage<SignedIn> receive(String code, String state, String cookie) {
    ProviderAttempts.Returned returned =
        attempts
            .finish(state, cookie)
            .orElseThrow(
                () ->
                    ApiException.unauthorized(
                        "this sign-in did not begin in this browser, or more than "
                            + ProviderAttempts.VALID.toMinutes()
                            + " minutes ago: sign in once more"));
    Person person = provider().person(code, returned.attempt());
    List<Grant> held = grants.ofGroups(person.groups());
    if (held.isEmpty()) {
      throw ApiException.forbidden(
          "no_grant",
          "none of the groups of %s has a grant (the provider names %s): an administrator sets one with pulzar grant set group:NAME --grant viewer"
              .formatted(
                  person.name(),
                  person.groups().isEmpty() ? "none" : String.join(", ", person.groups())));
    }
    return store
        .createSession(NAME + person.name(), Session.Way.PROVIDER, List.of(), person.groups())
        .thenApply(made -> new SignedIn(made, URI.create(returned.place())));
  }

  private OidcProvider provider() {
    return provider.orElseThrow(
        () ->
            ApiException.notFound(
                "no_provider",
                "nobody signs in with a provider here: set "
                    + OidcSettings.ISSUER
                    + ", and pulzar.auth=on"));
  }

  @Override
  public void close() {
    provider.ifPresent(OidcProvider::close);
  }
}
