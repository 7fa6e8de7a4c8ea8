package io.pulzar.oidc;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * One browser on its way to the provider and back.
 *
 * @param state comes back with the browser
 * @param nonce comes back in the ID token
 * @param verifier proves that who redeems the code is who asked for it (RFC 7636)
 * @param callback where the browser comes back to
 */
public record SignInAttempt(String state, String nonce, String verifier, URI callback) {

  String challenge() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
