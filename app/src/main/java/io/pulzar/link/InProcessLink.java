package io.pulzar.link;

import java.util.concurrent.CompletionStage;

/**
 * The link between two roles of one process: the question and the answer are handed over as they
 * are.
 */
public final class InProcessLink implements MasterLink {

  private final LinkServer server;

  public InProcessLink(LinkServer server) {
    this.server = server;
  }

  @Override
  public <Q, A> CompletionStage<A> ask(Operation<Q, A> operation, Q question) {
    return server.answer(operation, question);
  }
}
