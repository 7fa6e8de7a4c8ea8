package io.pulzar.values;

import io.pulzar.cluster.LinkServer;
import io.pulzar.cluster.Offer;
import io.pulzar.keys.KeyOperations;
import io.pulzar.roles.OnNode;
import jakarta.inject.Singleton;

/** Answers what the master asks of its nodes about values. */
@OnNode
@Singleton
final class ValueOffer implements Offer {

  private final ValueStore store;

  ValueOffer(ValueStore store) {
    this.store = store;
  }

  @Override
  public void register(LinkServer server) {
    server.on(
        KeyOperations.REMOVE,
        question -> store.remove(question.versions()).thenApply(KeyOperations.Count::new));
  }
}
