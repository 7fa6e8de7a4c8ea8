package io.pulzar.oidc;

import java.net.URI;
import java.util.List;

/**
 * What the provider says of itself (OpenID Connect Discovery 1.0).
 *
 * @param authorization where browsers are sent
 * @param token where codes are redeemed
 * @param keys its public keys
 * @param basic whether it takes the client's secret as {@code Authorization: Basic}
 */
record ProviderMetadata(URI authorization, URI token, URI keys, boolean basic) {

  static final String PATH = "/.well-known/openid-configuration";

  private static final String BASIC = "client_secret_basic";

  /**
   * Reads its document.
   *
   * @throws io.pulzar.http.ApiException 503 when it is another provider's, or names no safe place
   */
  static ProviderMetadata of(URI issuer, ProviderClient.Answer document) {
    if (!document.text("issuer").equals(issuer.toString())) {
      throw ProviderClient.unavailable(
          "the provider calls itself '%s' and %s says %s"
              .formatted(document.text("issuer"), OidcSettings.ISSUER, issuer));
    }
    return new ProviderMetadata(
        place(document, "authorization_endpoint"),
        place(document, "token_endpoint"),
        place(document, "jwks_uri"),
        !(document.fields().get("token_endpoint_auth_methods_supported") instanceof List<?> known)
            || known.contains(BASIC));
  }

  private static URI place(ProviderClient.Answer document, String name) {
    try {
      URI url = URI.create(document.text(name));
      if (OidcSettings.isSafe(url)) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw ProviderClient.unavailable("the provider's " + name + " is no URL");
    }
    throw ProviderClient.unavailable("the provider's " + name + " is not one with https");
  }
}
