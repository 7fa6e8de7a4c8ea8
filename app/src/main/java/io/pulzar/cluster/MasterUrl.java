package io.pulzar.cluster;

import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** The master that a node joins. */
final class MasterUrl {

  private MasterUrl() {}

  /**
   * The configured one.
   *
   * @throws BadSettingException when it is no URL
   */
  static URI of(Settings settings) {
    String url = ServerSettings.masterUrl(settings);
    try {
      URI parsed = new URI(url);
      if (parsed.getHost() != null && List.of("http", "https").contains(parsed.getScheme())) {
        return parsed;
      }
    } catch (URISyntaxException e) {
      throw notUrl(url);
    }
    throw notUrl(url);
  }

  private static BadSettingException notUrl(String url) {
    return new BadSettingException(
        ServerSettings.MASTER_URL
            + " (or --master) must be like http://host:31414 or https://host:31414, got '"
            + url
            + "'");
  }
}
