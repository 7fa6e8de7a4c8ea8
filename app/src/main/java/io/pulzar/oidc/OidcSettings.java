package io.pulzar.oidc;

import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.Setting;
import io.pulzar.settings.Settings;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * The provider that people sign in with.
 *
 * @param issuer as its tokens name it
 * @param secret absent: this server is a public client, which PKCE alone protects
 * @param name the claim that people are named by
 * @param groups the claim with their groups, perhaps inside of others: {@code realm_access.roles}
 * @param callback where it sends people back to; absent: what their browser calls this server
 */
public record OidcSettings(
    URI issuer,
    String clientId,
    Optional<String> secret,
    String scopes,
    String name,
    String groups,
    String button,
    Optional<URI> callback) {

  public static final Setting<Optional<String>> ISSUER =
      Setting.optionalText(
          "pulzar.access.oidc.issuer",
          "The provider of OpenID Connect that people may sign in with, as"
              + " https://id.example/realm.");
  public static final Setting<Optional<String>> CLIENT_ID =
      Setting.optionalText(
          "pulzar.access.oidc.client-id", "The name under which this server is registered there.");
  public static final Setting<Optional<String>> CLIENT_SECRET =
      Setting.secret(
          "pulzar.access.oidc.client-secret",
          "Its secret there; none for a public client, which PKCE protects.");
  public static final Setting<String> SCOPES =
      Setting.text(
          "pulzar.access.oidc.scopes",
          "openid profile email",
          "What the provider is asked for; some need groups here to tell them.");
  public static final Setting<String> NAME_CLAIM =
      Setting.text(
          "pulzar.access.oidc.name-claim",
          "email",
          "The claim of the ID token that people are named by in the audit log.");
  public static final Setting<String> GROUPS_CLAIM =
      Setting.text(
          "pulzar.access.oidc.groups-claim",
          "groups",
          "The claim of the ID token with their groups; realm_access.roles for one inside of"
              + " another.");
  public static final Setting<String> BUTTON =
      Setting.text(
          "pulzar.access.oidc.button",
          "Sign in with single sign-on",
          "What the button of the sign-in page says.");
  public static final Setting<Optional<String>> CALLBACK =
      Setting.optionalText(
          "pulzar.access.oidc.callback",
          "Where the provider sends people back to, as https://pulzar.example/access/oidc/callback;"
              + " needed behind a proxy, else it is what the browser calls this server.");

  public static final List<Setting<?>> ALL =
      List.of(ISSUER, CLIENT_ID, CLIENT_SECRET, SCOPES, NAME_CLAIM, GROUPS_CLAIM, BUTTON, CALLBACK);

  /**
   * Empty when no provider is set.
   *
   * @throws BadSettingException when what is set can't work
   */
  public static Optional<OidcSettings> of(Settings settings) {
    return settings.get(ISSUER).map(issuer -> of(issuer, settings));
  }

  /**
   * Nothing but the check of what is set.
   *
   * @throws BadSettingException when it can't work
   */
  public static void check(Settings settings) {
    var _ = of(settings);
  }

  private static OidcSettings of(String issuer, Settings settings) {
    String clientId =
        settings
            .get(CLIENT_ID)
            .orElseThrow(
                () ->
                    new BadSettingException(
                        CLIENT_ID
                            + " is needed: the provider says it when this server is registered"));
    if (!List.of(settings.get(SCOPES).split(" ", -1)).contains("openid")) {
      throw new BadSettingException(SCOPES + " must have openid among them");
    }
    return new OidcSettings(
        url(ISSUER, issuer),
        clientId,
        settings.get(CLIENT_SECRET),
        settings.get(SCOPES),
        settings.get(NAME_CLAIM),
        settings.get(GROUPS_CLAIM),
        settings.get(BUTTON),
        settings.get(CALLBACK).map(text -> url(CALLBACK, text)));
  }

  private static URI url(Setting<?> setting, String text) {
    try {
      URI url = URI.create(text);
      if (isSafe(url)) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw new BadSettingException(setting + " must be a URL: " + e.getMessage());
    }
    throw new BadSettingException(
        setting + " must be a URL with https, or with http on this machine; got '" + text + "'");
  }

  /** Whether nobody on the way can change what is said there. */
  static boolean isSafe(URI url) {
    return url.getHost() != null
        && url.getUserInfo() == null
        && ("https".equals(url.getScheme())
            || ("http".equals(url.getScheme()) && isLoopback(url.getHost())));
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
