package io.pulzar.cluster;

import io.micronaut.context.annotation.Requires;
import io.pulzar.roles.OnNode;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.concurrent.CompletionStage;

/** The link of a node whose master is another process. */
@OnNode
@Singleton
@Requires(missingBeans = InProcessLink.class)
final class HttpMasterLink implements MasterLink {

  private final Link link;

  HttpMasterLink(HttpLinks links, Settings settings) {
    this.link = links.to(masterUrl(settings));
  }

  private static String masterUrl(Settings settings) {
    String url = ServerSettings.masterUrl(settings);
    try {
      URI parsed = new URI(url);
      if (parsed.getHost() != null && "http".equals(parsed.getScheme())) {
        return url;
      }
    } catch (URISyntaxException e) {
      throw notUrl(url);
    }
    throw notUrl(url);
  }

  private static BadSettingException notUrl(String url) {
    return new BadSettingException(
        ServerSettings.MASTER_URL
            + " (or --master) must be like http://host:31414, got '"
            + url
            + "'");
  }

  @Override
  public <Q, A> CompletionStage<A> ask(Operation<Q, A> operation, Q question) {
    return link.ask(operation, question);
  }
}
