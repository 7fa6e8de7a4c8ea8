package io.pulzar.access;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.http.ApiException;
import io.pulzar.http.ClientAddress;
import io.pulzar.http.Envelope;
import io.pulzar.rights.Access;
import io.pulzar.rights.Grant;
import io.pulzar.rights.Identity;
import io.pulzar.rights.Right;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnMaster;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The way in for browsers, and who one is. */
@OnMaster
@Controller("/access")
@ExecuteOn(TaskExecutors.BLOCKING)
final class SignInController {

  /** The route of one-time links. */
  static final String LINK = "/access/sign_in?code=";

  private static final String LINK_USER = "administrator";

  private final AccessStore store;
  private final OneTimeCodes codes;
  private final SignInThrottle throttle;
  private final ProviderSignIn provider;
  private final Access access;

  SignInController(
      AccessStore store,
      OneTimeCodes codes,
      SignInThrottle throttle,
      ProviderSignIn provider,
      Access access) {
    this.store = store;
    this.codes = codes;
    this.throttle = throttle;
    this.provider = provider;
    this.access = access;
  }

  @Serdeable
  record SignIn(@Nullable String user, @Nullable String password) {}

  /**
   * Who one is.
   *
   * @param open whether nobody is asked
   * @param csrf what must be sent back with changes; absent without a session
   * @param provider what the button of the provider says that people sign in with; absent: there is
   *     none
   * @param password whether one has a password here
   */
  @Serdeable
  record Me(
      String name,
      boolean open,
      List<String> rights,
      List<String> grants,
      @Nullable String csrf,
      @Nullable String provider,
      boolean password) {

    static Me of(Identity identity, boolean open, @Nullable String provider, boolean password) {
      return new Me(
          identity.name(),
          open,
          identity.rights().stream().map(Right::toString).toList(),
          identity.grants().stream().map(Grant::toString).toList(),
          identity.csrf().orElse(null),
          provider,
          password);
    }
  }

  @Get("/me")
  @Secured(Rights.PUBLIC)
  MutableHttpResponse<Envelope> me(HttpRequest<?> request) {
    return HttpResponse.ok(Envelope.ok(me(access.of(request))))
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  private Me me(Identity identity) {
    return Me.of(
        identity,
        !access.on(),
        provider.button().orElse(null),
        identity.csrf().isPresent() && store.user(identity.name()).isPresent());
  }

  /** By the link that the server printed when it started. */
  @Get("/sign_in")
  @Secured(Rights.PUBLIC)
  CompletionStage<MutableHttpResponse<Envelope>> byLink(
      HttpRequest<?> request, @QueryValue @Nullable String code) {
    if (code == null || !codes.use(code)) {
      throw ApiException.unauthorized(
          "the link was used already or is too old: sign in by name and password, or with a token");
    }
    return store
        .createSession(LINK_USER, Session.Way.LINK, List.of(Grant.OF_ADMINISTRATOR), List.of())
        .thenApply(
            made ->
                SessionCookie.give(
                    request, made, HttpResponse.<Envelope>seeOther(URI.create("/"))));
  }

  /** By name and password. */
  @Post("/sign_in")
  @Secured(Rights.PUBLIC)
  CompletionStage<MutableHttpResponse<Envelope>> byPassword(
      HttpRequest<?> request, @Body SignIn body) {
    if (body.user() == null || body.password() == null) {
      throw ApiException.badRequest("bad_parameter", "'user' and 'password' are needed");
    }
    User user = checked(body.user(), body.password(), address(request));
    return store
        .createSession(user.name(), Session.Way.PASSWORD, List.of(), List.of())
        .thenApply(
            made ->
                SessionCookie.give(
                    request,
                    made,
                    HttpResponse.ok(
                        Envelope.ok(
                            me(
                                new Identity(
                                    user.name(),
                                    user.grants(),
                                    Optional.of(made.session().csrf()))),
                            "signed in"))));
  }

  private User checked(String name, String password, String address) {
    throttle.attempt(name, address);
    Optional<User> user = store.user(name);
    if (user.isEmpty()) {
      Passwords.spendTime(password);
    } else if (Passwords.matches(password, user.get().passwordHash())) {
      throttle.succeeded(name, address);
      return user.get();
    }
    throw ApiException.unauthorized("the name or the password is wrong");
  }

  @Post(uri = "/sign_out", consumes = MediaType.ALL)
  @Secured(Rights.SIGNED_IN)
  CompletionStage<MutableHttpResponse<Envelope>> signOut(HttpRequest<?> request) {
    String hash = Credential.of(request).map(Credential::hash).orElse("");
    return store
        .endSession(hash)
        .thenApply(
            ended -> SessionCookie.take(request, HttpResponse.ok(Envelope.ok(null, "signed out"))));
  }

  private static String address(HttpRequest<?> request) {
    return ClientAddress.of(request);
  }
}
