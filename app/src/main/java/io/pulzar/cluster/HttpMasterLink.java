package io.pulzar.cluster;

import io.micronaut.context.annotation.Requires;
import io.pulzar.link.HttpLinks;
import io.pulzar.link.InProcessLink;
import io.pulzar.link.Link;
import io.pulzar.link.MasterLink;
import io.pulzar.link.Operation;
import io.pulzar.roles.OnNode;
import io.pulzar.settings.Settings;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;

/** The link of a node whose master is another process. */
@OnNode
@Singleton
@Requires(missingBeans = InProcessLink.class)
final class HttpMasterLink implements MasterLink {

  private final Link link;
  private final Membership membership;

  HttpMasterLink(HttpLinks links, Membership membership, Settings settings) {
    this.link = links.to(MasterUrl.of(settings).toString());
    this.membership = membership;
  }

  @Override
  public <Q, A> CompletionStage<A> ask(Operation<Q, A> operation, Q question) {
    return operation.equals(ClusterOperations.HEARTBEAT)
        ? link.ask(operation, question)
        : membership.joined(operation.patience()).thenCompose(in -> link.ask(operation, question));
  }
}
