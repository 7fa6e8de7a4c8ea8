package io.pulzar.alarms;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs webhooks as Standard Webhooks 1.0 does: HMAC-SHA256 over id, time and body with dots
 * between. The time keeps somebody who heard one from sending it again later.
 */
final class Signature {

  private static final String HMAC = "HmacSHA256";

  private Signature() {}

  /**
   * The header {@code webhook-signature}.
   *
   * @param second of the attempt, counted from 1970
   */
  static String of(byte[] key, String id, long second, byte[] body) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      mac.update((id + "." + second + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has " + HMAC, e);
    }
  }
}
