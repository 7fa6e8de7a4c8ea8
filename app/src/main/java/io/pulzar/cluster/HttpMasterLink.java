package io.pulzar.cluster;

import io.micronaut.context.annotation.Requires;
import io.pulzar.roles.OnNode;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import jakarta.inject.Singleton;
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

  static String masterUrl(Settings settings) {
    return settings
        .get(ServerSettings.MASTER_URL)
        .orElseGet(
            () ->
                "http://"
                    + settings.get(ServerSettings.HOST)
                    + ":"
                    + settings.get(ServerSettings.PORT));
  }

  @Override
  public <Q, A> CompletionStage<A> ask(Operation<Q, A> operation, Q question) {
    return link.ask(operation, question);
  }
}
