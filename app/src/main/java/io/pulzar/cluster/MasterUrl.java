package io.pulzar.cluster;

import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;

/** The master that a node joins. */
final class MasterUrl {

  private MasterUrl() {}

  /**
   * The configured one; the first where there are several.
   *
   * @throws BadSettingException when it is no URL
   */
  static URI of(Settings settings) {
    return all(settings).getFirst();
  }

  /** All of them, in their order. */
  static List<URI> all(Settings settings) {
    return Arrays.stream(ServerSettings.masterUrl(settings).split(",", -1))
        .map(String::strip)
        .map(MasterUrl::parse)
        .toList();
  }

  private static URI parse(String url) {
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
