package io.pulzar.jobs;

import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.pulzar.roles.OnMaster;
import jakarta.inject.Singleton;

/** Tells the queue when nodes can be heard. */
@OnMaster
@Singleton
final class OpenedPort {

  private final Dispatcher dispatcher;

  OpenedPort(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  @EventListener
  void opened(ServerStartupEvent event) {
    dispatcher.opened();
  }
}
