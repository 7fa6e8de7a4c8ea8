package io.pulzar.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.http.ApiException;
import io.pulzar.http.Envelope;
import io.pulzar.http.Times;
import io.pulzar.rights.Access;
import io.pulzar.rights.Grant;
import io.pulzar.rights.Identity;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnMaster;
import io.pulzar.settings.DurationText;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Users and tokens, for administrators; and one's own password. */
@OnMaster
@Controller("/access")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(Rights.ADMINISTER)
final class PeopleController {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

  private final AccessStore store;
  private final Access access;
  private final Clock clock;

  PeopleController(AccessStore store, Access access, Clock clock) {
    this.store = store;
    this.access = access;
    this.clock = clock;
  }

  /**
   * @param grants as {@code runner finance/**}
   */
  @Serdeable
  record UserView(String name, List<String> grants, String created) {}

  /**
   * @param lastUse to a minute; absent: never used
   */
  @Serdeable
  record TokenView(
      String name,
      List<String> grants,
      String created,
      @Nullable String expires,
      @JsonProperty("last_use") @Nullable String lastUse) {}

  /** A token just made: its text is in no other answer. */
  @Serdeable
  record NewTokenView(String name, String token) {}

  @Serdeable
  record UserWish(@Nullable String password, @Nullable List<String> grants) {}

  /**
   * @param expires a duration as {@code 90d}; absent: never
   */
  @Serdeable
  record TokenWish(
      @Nullable String name, @Nullable List<String> grants, @Nullable String expires) {}

  @Serdeable
  record PasswordWish(@Nullable String password) {}

  @Get("/users")
  HttpResponse<Envelope> users(
      HttpRequest<?> request,
      @QueryValue @Nullable String after,
      @QueryValue @Nullable Integer limit) {
    return NamedPage.of(after, limit)
        .answer(
            request,
            store.users(),
            User::name,
            User::grants,
            user ->
                new UserView(user.name(), GrantTexts.of(user.grants()), Times.utc(user.created())));
  }

  /** Makes a user, or changes one: a password that is absent stays. */
  @Put("/users/{name}")
  CompletionStage<Envelope> putUser(String name, @Body UserWish wish) {
    Optional<User> known = store.user(name);
    String hash =
        wish.password() != null
            ? Passwords.hash(wish.password())
            : known
                .map(User::passwordHash)
                .orElseThrow(
                    () ->
                        ApiException.badRequest("bad_parameter", "a new user needs a 'password'"));
    List<Grant> grants =
        wish.grants() == null && known.isPresent()
            ? known.get().grants()
            : GrantTexts.parse(wish.grants());
    User user =
        new User(name(name), hash, grants, known.map(User::created).orElseGet(clock::instant));
    CompletionStage<?> done =
        known.isPresent() && wish.password() != null
            ? store.put(user).thenCompose(put -> store.changePassword(name, hash))
            : store.put(user);
    return done.thenApply(
        put -> Envelope.ok(null, known.isPresent() ? "user changed" : "user added"));
  }

  @Delete("/users/{name}")
  CompletionStage<Envelope> removeUser(String name) {
    return store
        .removeUser(name)
        .thenApply(
            removed -> {
              if (!removed) {
                throw ApiException.notFound("user_not_found", "there is no user " + name);
              }
              return Envelope.ok(null, "user removed");
            });
  }

  /** One's own password; it ends one's sessions. */
  @Post("/password")
  @Secured(Rights.SIGNED_IN)
  CompletionStage<Envelope> changePassword(HttpRequest<?> request, @Body PasswordWish wish) {
    if (wish.password() == null) {
      throw ApiException.badRequest("bad_parameter", "'password' is needed");
    }
    Identity sender = access.of(request);
    if (sender.csrf().isEmpty()) {
      // A token may have the name of a user, and is not that user.
      throw ApiException.conflict("no_password", "a password is changed by who is signed in");
    }
    String name = sender.name();
    return store
        .changePassword(name, Passwords.hash(wish.password()))
        .thenApply(
            changed -> {
              if (!changed) {
                throw ApiException.conflict(
                    "no_password", name + " does not sign in with a password");
              }
              return Envelope.ok(null, "password changed: sign in again");
            });
  }

  @Get("/tokens")
  HttpResponse<Envelope> tokens(
      HttpRequest<?> request,
      @QueryValue @Nullable String after,
      @QueryValue @Nullable Integer limit) {
    return NamedPage.of(after, limit)
        .answer(request, store.tokens(), Token::name, Token::grants, this::view);
  }

  private TokenView view(Token token) {
    return new TokenView(
        token.name(),
        GrantTexts.of(token.grants()),
        Times.utc(token.created()),
        token.expires().map(Times::utc).orElse(null),
        store.lastUse(token).map(Times::utc).orElse(null));
  }

  @Post("/tokens")
  CompletionStage<HttpResponse<Envelope>> createToken(@Body TokenWish wish) {
    String name = name(wish.name());
    return store
        .createToken(
            name,
            GrantTexts.parse(wish.grants()),
            Optional.ofNullable(wish.expires())
                .map(PeopleController::duration)
                .map(clock.instant()::plus))
        .thenApply(
            made ->
                made.map(
                        token ->
                            HttpResponse.created(
                                Envelope.ok(
                                    new NewTokenView(name, token.text()),
                                    "token added: it is shown this once")))
                    .orElseThrow(
                        () ->
                            ApiException.conflict(
                                "token_exists", "there is a token " + name + " already")));
  }

  @Delete(uri = "/tokens/{name}", consumes = MediaType.ALL)
  CompletionStage<Envelope> revokeToken(String name) {
    return store
        .revokeToken(name)
        .thenApply(
            revoked -> {
              if (!revoked) {
                throw ApiException.notFound("token_not_found", "there is no token " + name);
              }
              return Envelope.ok(null, "token revoked");
            });
  }

  private static Duration duration(String text) {
    try {
      return DurationText.parse(text);
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest("bad_parameter", "expires: " + e.getMessage());
    }
  }

  private static String name(@Nullable String name) {
    if (name == null || !NAME.matcher(name).matches()) {
      throw ApiException.badRequest(
          "bad_parameter",
          "a name has 1 to 64 letters, digits or . _ @ - and begins with a letter or digit");
    }
    return name;
  }
}
