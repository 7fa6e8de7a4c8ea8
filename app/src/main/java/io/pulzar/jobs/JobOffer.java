package io.pulzar.jobs;

import io.pulzar.cluster.LinkServer;
import io.pulzar.cluster.Offer;

/** Answers what nodes ask about jobs. */
final class JobOffer implements Offer {

  private final Dispatcher dispatcher;

  JobOffer(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  @Override
  public void register(LinkServer server) {
    server.on(JobOperations.TAKE, question -> dispatcher.take(question.lessee()));
    server.on(JobOperations.HOLD, dispatcher::hold);
    server.on(JobOperations.WRITE, dispatcher::write);
    server.on(JobOperations.FINISH, dispatcher::finish);
  }
}
