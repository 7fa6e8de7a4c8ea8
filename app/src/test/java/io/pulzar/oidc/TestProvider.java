package io.pulzar.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A small provider of OpenID Connect on the loopback, which checks what a real one checks, and can
 * be told to misbehave.
 */
public final class TestProvider implements AutoCloseable {

  public static final String CLIENT = "pulzar";
  public static final String SECRET = "a secret: with % and +";

  /** How the ID token is made of its claims. */
  public interface Signature {
    String of(JWTClaimsSet claims) throws JOSEException;
  }

  private final HttpServer server;
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  public final AtomicInteger keyQuestions = new AtomicInteger();
  public final ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();
  private volatile RSAKey key = newKey();
  private volatile List<String> groups = List.of("accounting");
  private volatile UnaryOperator<JWTClaimsSet.Builder> change = claims -> claims;
  private volatile Signature signature = this::signed;

  private TestProvider(HttpServer server) {
    this.server = server;
  }

  public static TestProvider start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    TestProvider provider = new TestProvider(server);
    server.createContext("/", provider::answer);
    server.start();
    return provider;
  }

  public String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The groups of whoever signs in from now on. */
  public void groups(String... names) {
    groups = List.of(names);
  }

  /** What is different about the claims from now on. */
  public void claims(UnaryOperator<JWTClaimsSet.Builder> chosen) {
    change = chosen;
  }

  /** How ID tokens are signed from now on. */
  public void signature(Signature chosen) {
    signature = chosen;
  }

  /** From now on another key signs. */
  public void rotate() {
    key = newKey();
  }

  /** Signs as it should. */
  public String signed(JWTClaimsSet claims) throws JOSEException {
    return signed(claims, key, key.getKeyID());
  }

  /** Signs with a key that is not its own. */
  public String forged(JWTClaimsSet claims) throws JOSEException {
    return signed(claims, newKey(), key.getKeyID());
  }

  /** With no signature at all. */
  public static String unsigned(JWTClaimsSet claims) {
    return new PlainJWT(claims).serialize();
  }

  /** With what everybody knows as a shared secret: the public key. */
  public String confused(JWTClaimsSet claims) throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(), claims);
    token.sign(new MACSigner(key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
    return token.serialize();
  }

  private static String signed(JWTClaimsSet claims, RSAKey key, String id) throws JOSEException {
    SignedJWT token =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(id).build(), claims);
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  private static RSAKey newKey() {
    try {
      return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a browser does here: signs in and is sent back. */
  public URI visit(URI url) {
    Map<String, String> asked = form(url.getRawQuery());
    require("response_type", "code".equals(asked.get("response_type")));
    require("client_id", CLIENT.equals(asked.get("client_id")));
    require("scope", asked.getOrDefault("scope", "").contains("openid"));
    require("code_challenge_method", "S256".equals(asked.get("code_challenge_method")));
    String code = UUID.randomUUID().toString();
    codes.put(code, asked);
    return URI.create(asked.get("redirect_uri") + "?code=" + code + "&state=" + asked.get("state"));
  }

  private void require(String what, boolean holds) {
    if (!holds) {
      problems.add(what);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (exchange.getRequestURI().getPath()) {
        case "/.well-known/openid-configuration" -> send(exchange, 200, metadata());
        case "/keys" -> {
          keyQuestions.incrementAndGet();
          send(exchange, 200, new JWKSet(key.toPublicJWK()).toJSONObject());
        }
        case "/authorize" -> {
          exchange.getResponseHeaders().set("Location", visit(exchange.getRequestURI()).toString());
          exchange.sendResponseHeaders(302, -1);
        }
        case "/token" -> token(exchange);
        default -> send(exchange, 404, Map.of());
      }
    } catch (JOSEException e) {
      throw new IOException(e);
    }
  }

  private Map<String, Object> metadata() {
    return Map.of(
        "issuer",
        issuer(),
        "authorization_endpoint",
        issuer() + "/authorize",
        "token_endpoint",
        issuer() + "/token",
        "jwks_uri",
        issuer() + "/keys");
  }

  private void token(HttpExchange exchange) throws IOException, JOSEException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> sent = form(body);
    Map<String, String> asked = codes.remove(sent.getOrDefault("code", ""));
    if (!basic().equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      send(exchange, 401, Map.of("error", "invalid_client"));
    } else if (asked == null
        || !asked.getOrDefault("redirect_uri", "").equals(sent.get("redirect_uri"))
        || !asked
            .getOrDefault("code_challenge", "")
            .equals(challenge(sent.getOrDefault("code_verifier", "")))) {
      send(exchange, 400, Map.of("error", "invalid_grant"));
    } else {
      send(
          exchange,
          200,
          Map.of(
              "id_token",
              signature.of(claims(asked.getOrDefault("nonce", ""))),
              "token_type",
              "Bearer"));
    }
  }

  private JWTClaimsSet claims(String nonce) {
    Instant now = Instant.now();
    return change
        .apply(
            new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject("4711")
                .audience(CLIENT)
                .claim("email", "jane@example.org")
                .claim("groups", groups)
                .claim("nonce", nonce)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300))))
        .build();
  }

  private static String basic() {
    String pair = CLIENT + ":a+secret%3A+with+%25+and+%2B";
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
  }

  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> form(String text) {
    return Stream.of(text.split("&", -1))
        .map(field -> field.split("=", 2))
        .collect(
            Collectors.toMap(
                field -> field[0],
                field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8),
                (one, other) -> other,
                HashMap::new));
  }

  private static void send(HttpExchange exchange, int status, Map<String, ?> body)
      throws IOException {
    byte[] bytes = JSONObjectUtils.toJSONString(body).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
