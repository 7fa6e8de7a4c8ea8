package io.pulzar.cluster;

import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.pulzar.health.HealthCheck;
import io.pulzar.roles.OnNode;
import io.pulzar.settings.Settings;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports this node to the master for as long as it runs; says in the log when that changes. */
@OnNode
@Singleton
final class Heartbeat implements HealthCheck {

  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final MasterLink master;
  private final NodeCondition condition;
  private final Duration interval;
  private final List<AfterHeartbeat> followers;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile Health health = Health.starting("has not reached the master yet");

  @Inject
  Heartbeat(
      MasterLink master,
      NodeCondition condition,
      Settings settings,
      List<AfterHeartbeat> followers) {
    this.followers = followers;
    this.master = master;
    this.condition = condition;
    this.interval = ClusterSettings.of(settings).heartbeat();
  }

  @EventListener
  void start(ServerStartupEvent event) {
    int port = event.getSource().getPort();
    Thread.ofVirtual().name("heartbeat").start(() -> beatUntilStopped(port));
  }

  @PreDestroy
  void stop() {
    stopped.countDown();
  }

  private void beatUntilStopped(int port) {
    try {
      do {
        beat(port);
      } while (!stopped.await(interval.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Whatever goes wrong must not end the beating: the node would be lost with nobody knowing why.
   */
  private void beat(int port) {
    try {
      NodeFacts facts = condition.facts(port);
      master.ask(ClusterOperations.HEARTBEAT, facts).toCompletableFuture().join();
      change(Health.up("reports to the master as " + facts.name()));
      followers.forEach(AfterHeartbeat::heard);
    } catch (RuntimeException e) {
      Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
      change(Health.starting(String.valueOf(cause.getMessage())));
    }
  }

  private void change(Health next) {
    Health before = health;
    health = next;
    if (before.equals(next) || stopped.getCount() == 0) {
      return;
    }
    if (next.state() == State.UP) {
      LOG.info("{}", next.detail());
    } else {
      LOG.warn("can't report to the master, trying on: {}", next.detail());
    }
  }

  @Override
  public String part() {
    return "master";
  }

  @Override
  public Health check() {
    return health;
  }
}
