package io.pulzar.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.pulzar.http.ApiException;
import java.text.ParseException;
import java.time.Clock;
import java.util.Date;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks ID tokens, as OpenID Connect Core 1.0, 3.1.3.7 asks. */
final class IdTokens {

  /** Signatures with a key pair: with a shared secret, or none, anybody else could make them. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private static final int CLOCKS_MAY_DIFFER_SECONDS = 60;

  private final String issuer;
  private final String clientId;
  private final Supplier<JWKSet> latestKeys;
  private final Clock clock;
  private @Nullable JWKSet known;

  /**
   * @param latestKeys asks the provider for its keys
   */
  IdTokens(String issuer, String clientId, Supplier<JWKSet> latestKeys, Clock clock) {
    this.issuer = issuer;
    this.clientId = clientId;
    this.latestKeys = latestKeys;
    this.clock = clock;
  }

  /**
   * What the provider says of somebody.
   *
   * @throws ApiException 401 {@code unauthorized} when it can't be believed
   */
  JWTClaimsSet claims(String text, String nonce) {
    try {
      if (!(JWTParser.parse(text) instanceof SignedJWT token)) {
        throw refused("the ID token is not signed");
      }
      DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
      processor.setJWSKeySelector(
          new JWSVerificationKeySelector<>(ALGORITHMS, new ImmutableJWKSet<>(keysFor(token))));
      processor.setJWTClaimsSetVerifier(verifier(nonce));
      JWTClaimsSet claims = processor.process(token, null);
      requireForUs(claims);
      return claims;
    } catch (ParseException | BadJOSEException | JOSEException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  /** A key that is not known yet may be new: the provider is asked for its keys once more. */
  private JWKSet keysFor(SignedJWT token) {
    if (!ALGORITHMS.contains(token.getHeader().getAlgorithm())) {
      throw refused("the ID token is signed with " + token.getHeader().getAlgorithm());
    }
    JWKSelector wanted = new JWKSelector(JWKMatcher.forJWSHeader(token.getHeader()));
    synchronized (this) {
      JWKSet keys = known;
      if (keys != null && !wanted.select(keys).isEmpty()) {
        return keys;
      }
    }
    JWKSet latest = latestKeys.get();
    synchronized (this) {
      known = latest;
    }
    return latest;
  }

  private DefaultJWTClaimsVerifier<SecurityContext> verifier(String nonce) {
    JWTClaimsSet exactly = new JWTClaimsSet.Builder().issuer(issuer).claim("nonce", nonce).build();
    DefaultJWTClaimsVerifier<SecurityContext> verifier =
        new DefaultJWTClaimsVerifier<>(
            Set.of(clientId), exactly, Set.of("sub", "aud", "exp", "iat"), Set.of()) {
          @Override
          protected Date currentTime() {
            return Date.from(clock.instant());
          }
        };
    verifier.setMaxClockSkew(CLOCKS_MAY_DIFFER_SECONDS);
    return verifier;
  }

  /** A token for several must say that it was made for us. */
  private void requireForUs(JWTClaimsSet claims) throws ParseException {
    String party = claims.getStringClaim("azp");
    if (party == null ? claims.getAudience().size() > 1 : !party.equals(clientId)) {
      throw refused("the ID token was made for somebody else");
    }
  }

  private static ApiException refused(String reason) {
    return ApiException.unauthorized(
        "what the provider says can't be believed (" + reason + "): sign in once more");
  }
}
