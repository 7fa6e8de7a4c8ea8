package io.pulzar.cluster;

import io.micronaut.context.annotation.Requires;
import io.pulzar.link.HttpLinks;
import io.pulzar.link.InProcessLink;
import io.pulzar.link.Link;
import io.pulzar.link.LinkDownException;
import io.pulzar.link.MasterLink;
import io.pulzar.link.Operation;
import io.pulzar.roles.OnNode;
import io.pulzar.settings.Settings;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** The link of a node whose master is another process, or one of several. */
@OnNode
@Singleton
@Requires(missingBeans = InProcessLink.class)
final class HttpMasterLink implements MasterLink {

  private final List<Link> masters;
  private final AtomicInteger current = new AtomicInteger();
  private final Membership membership;

  HttpMasterLink(HttpLinks links, Membership membership, Settings settings) {
    this.masters = MasterUrl.all(settings).stream().map(url -> links.to(url.toString())).toList();
    this.membership = membership;
  }

  @Override
  public <Q, A> CompletionStage<A> ask(Operation<Q, A> operation, Q question) {
    return operation.equals(ClusterOperations.HEARTBEAT)
        ? askMaster(operation, question)
        : membership.joined(operation.patience()).thenCompose(in -> askMaster(operation, question));
  }

  /** Whoever repeats the question reaches the next master, where one did not answer. */
  private <Q, A> CompletionStage<A> askMaster(Operation<Q, A> operation, Q question) {
    int asked = current.get();
    return masters
        .get(asked)
        .ask(operation, question)
        .whenComplete(
            (answer, failure) -> {
              if (failure != null && isDown(failure)) {
                boolean _ = current.compareAndSet(asked, (asked + 1) % masters.size());
              }
            });
  }

  private static boolean isDown(Throwable failure) {
    return failure instanceof LinkDownException || failure.getCause() instanceof LinkDownException;
  }
}
