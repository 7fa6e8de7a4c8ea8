package io.pulzar.cluster;

import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.pulzar.link.MasterLink;
import io.pulzar.roles.OnNode;
import io.pulzar.upkeep.Loop;
import io.pulzar.upkeep.Loops;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reports this node to the master for as long as it runs.
 *
 * <p>A heartbeat does not wait for the answer to the one before: behind a connection that a cut
 * network left dead, only a new one can find out that the way is open again.
 */
@OnNode
@Singleton
final class Heartbeat {

  /** Unanswered heartbeats at a time. */
  private static final int MOST_OPEN = 6;

  /** Longer than the longest pause between heartbeats that are refused. */
  private static final Duration LATE = Duration.ofMinutes(2);

  private final Loop loop;
  private final MasterLink master;
  private final NodeCondition condition;
  private final Membership membership;
  private final List<AfterHeartbeat> followers;
  private final Semaphore open = new Semaphore(MOST_OPEN);
  private final CountDownLatch stopped = new CountDownLatch(1);

  @Inject
  Heartbeat(
      MasterLink master,
      NodeCondition condition,
      Membership membership,
      List<AfterHeartbeat> followers,
      Loops loops) {
    this.followers = followers;
    this.master = master;
    this.condition = condition;
    this.membership = membership;
    this.loop = loops.add("heartbeat", LATE);
  }

  @EventListener
  void start(ServerStartupEvent event) {
    int port = event.getSource().getPort();
    Thread.ofVirtual().name("heartbeat").start(() -> beatUntilStopped(port));
  }

  @PreDestroy
  void stop() {
    loop.end();
    stopped.countDown();
  }

  private void beatUntilStopped(int port) {
    try {
      do {
        boolean _ =
            loop.round(
                () -> {
                  if (open.tryAcquire()) {
                    beat(port);
                  }
                });
      } while (!stopped.await(membership.pause().toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Whatever goes wrong must not end the beating: the node would be lost with nobody knowing why.
   */
  private void beat(int port) {
    long beat = membership.next();
    try {
      NodeFacts facts = condition.facts(port);
      var _ =
          master
              .ask(ClusterOperations.HEARTBEAT, facts)
              .whenComplete(
                  (welcome, failure) -> {
                    if (welcome != null) {
                      membership.compareVersion(welcome.version());
                    }
                    answered(beat, facts, failure);
                  });
    } catch (RuntimeException e) {
      answered(beat, null, e);
    }
  }

  private void answered(long beat, @Nullable NodeFacts facts, @Nullable Throwable failure) {
    open.release();
    if (stopped.getCount() == 0) {
      return;
    }
    if (facts != null && failure == null) {
      membership.welcomed(beat, facts.name());
      followers.forEach(AfterHeartbeat::heard);
    } else if (failure != null) {
      membership.failed(beat, failure);
    }
  }
}
