package io.pulzar.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import io.pulzar.http.ApiException;
import io.pulzar.settings.Settings;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The provider that people sign in with. */
public final class OidcProvider implements AutoCloseable {

  private static final Duration METADATA_HOLDS = Duration.ofHours(1);
  private static final Duration FAILURE_HOLDS = Duration.ofSeconds(3);
  private static final int MOST_GROUPS = 1_000;
  private static final int LONGEST_NAME = 200;

  private final OidcSettings settings;
  private final ProviderClient client;
  private final IdTokens tokens;
  private final Clock clock;
  private @Nullable ProviderMetadata metadata;
  private @Nullable ApiException failure;
  private Instant metadataEnds = Instant.MIN;

  public OidcProvider(OidcSettings chosen, Settings settings, Clock clock) {
    this.settings = chosen;
    this.client = new ProviderClient(settings);
    this.clock = clock;
    this.tokens = new IdTokens(chosen.issuer().toString(), chosen.clientId(), this::keys, clock);
  }

  /** What its button says. */
  public String button() {
    return settings.button();
  }

  /** Where it sends people back to, when that was set. */
  public Optional<URI> callback() {
    return settings.callback();
  }

  /**
   * Where a browser goes to sign in.
   *
   * @throws ApiException 503 {@code provider_unavailable}
   */
  public URI signInUrl(SignInAttempt attempt) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", settings.clientId());
    query.put("redirect_uri", attempt.callback().toString());
    query.put("scope", settings.scopes());
    query.put("state", attempt.state());
    query.put("nonce", attempt.nonce());
    query.put("code_challenge", attempt.challenge());
    query.put("code_challenge_method", "S256");
    String url = metadata().authorization().toString();
    return URI.create(url + (url.indexOf('?') < 0 ? '?' : '&') + form(query));
  }

  /**
   * Who came back.
   *
   * @param code what the browser brought
   * @throws ApiException 401 when the provider does not stand by the code, or can't be believed;
   *     503 {@code provider_unavailable}
   */
  public Person person(String code, SignInAttempt attempt) {
    ProviderClient.Answer answer = client.send(redemption(code, attempt));
    if (answer.status() != 200) {
      throw refused(answer);
    }
    return person(tokens.claims(answer.text("id_token"), attempt.nonce()));
  }

  private HttpRequest.Builder redemption(String code, SignInAttempt attempt) {
    ProviderMetadata provider = metadata();
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("grant_type", "authorization_code");
    fields.put("code", code);
    fields.put("redirect_uri", attempt.callback().toString());
    fields.put("code_verifier", attempt.verifier());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(provider.token())
            .header("Content-Type", "application/x-www-form-urlencoded");
    Optional<String> secret = settings.secret();
    if (secret.isPresent() && provider.basic()) {
      request.header("Authorization", "Basic " + basic(settings.clientId(), secret.get()));
    } else {
      fields.put("client_id", settings.clientId());
      secret.ifPresent(text -> fields.put("client_secret", text));
    }
    return request.POST(BodyPublishers.ofString(form(fields)));
  }

  /** Both are encoded like a form first: RFC 6749, 2.3.1. */
  private static String basic(String id, String secret) {
    String pair = encoded(id) + ":" + encoded(secret);
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static ApiException refused(ProviderClient.Answer answer) {
    String error = answer.text("error");
    return switch (error) {
      case "invalid_grant" ->
          ApiException.unauthorized(
              "the provider does not stand by this sign-in any more: sign in once more");
      case "invalid_client", "unauthorized_client" ->
          ProviderClient.unavailable(
              "the provider does not accept this server's %s and %s"
                  .formatted(OidcSettings.CLIENT_ID, OidcSettings.CLIENT_SECRET));
      default ->
          ProviderClient.unavailable(
              "the provider gives no token, with status %d %s"
                  .formatted(answer.status(), error.replaceAll("[^a-z_]", "?")));
    };
  }

  private Person person(JWTClaimsSet claims) {
    String named =
        claim(claims, settings.name()) instanceof String name && isUsable(name, claims)
            ? name
            : String.valueOf(claims.getSubject());
    String printable = named.replaceAll("\\p{C}", "?");
    return new Person(
        printable.substring(0, Math.min(LONGEST_NAME, printable.length())), groups(claims));
  }

  /** An address that nobody has verified may be anybody's. */
  private boolean isUsable(String name, JWTClaimsSet claims) {
    return !name.isBlank()
        && !(settings.name().equals("email")
            && Boolean.FALSE.equals(claims.getClaim("email_verified")));
  }

  private List<String> groups(JWTClaimsSet claims) {
    return switch (claim(claims, settings.groups())) {
      case List<?> list ->
          list.stream()
              .filter(String.class::isInstance)
              .map(String.class::cast)
              .limit(MOST_GROUPS)
              .toList();
      case String one -> List.of(one);
      case null, default -> List.of();
    };
  }

  /** A claim of that name, or one inside of others: {@code realm_access.roles}. */
  private static @Nullable Object claim(JWTClaimsSet claims, String name) {
    Object found = claims.getClaim(name);
    if (found != null) {
      return found;
    }
    found = claims.getClaims();
    for (String part : name.split("\\.", -1)) {
      found = found instanceof Map<?, ?> inside ? inside.get(part) : null;
    }
    return found;
  }

  /** A failure is remembered for a moment: who asks again and again does not wait for each. */
  private synchronized ProviderMetadata metadata() {
    Instant now = clock.instant();
    if (now.isBefore(metadataEnds) && failure != null) {
      throw failure;
    }
    ProviderMetadata known = metadata;
    if (now.isBefore(metadataEnds) && known != null) {
      return known;
    }
    try {
      URI issuer = settings.issuer();
      String root = issuer.toString().replaceAll("/$", "");
      known = ProviderMetadata.of(issuer, client.get(URI.create(root + ProviderMetadata.PATH)));
      failure = null;
      metadata = known;
      metadataEnds = now.plus(METADATA_HOLDS);
      return known;
    } catch (ApiException unavailable) {
      failure = unavailable;
      metadataEnds = now.plus(FAILURE_HOLDS);
      throw unavailable;
    }
  }

  private JWKSet keys() {
    try {
      return JWKSet.parse(client.get(metadata().keys()).fields());
    } catch (ParseException e) {
      throw ProviderClient.unavailable("the provider's keys can't be read");
    }
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.close();
  }
}
