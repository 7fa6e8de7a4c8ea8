/**
 * Recognizes people by a provider of OpenID Connect, with the authorization code flow and PKCE
 * (OpenID Connect Core 1.0, RFC 7636): who somebody is and in which groups. What that allows is not
 * its business.
 *
 * <p>Nothing that comes from outside is believed before the signature of the ID token, its issuer,
 * audience, nonce and times have been checked, by Nimbus JOSE + JWT.
 *
 * <p>Threading: safe for any thread; questions to the provider block.
 */
@NullMarked
package io.pulzar.oidc;

import org.jspecify.annotations.NullMarked;
