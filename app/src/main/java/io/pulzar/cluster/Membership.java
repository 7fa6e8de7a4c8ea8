package io.pulzar.cluster;

import io.pulzar.health.HealthCheck;
import io.pulzar.health.HealthCheck.Health;
import io.pulzar.health.HealthCheck.State;
import io.pulzar.http.ApiException;
import io.pulzar.link.LinkDownException;
import io.pulzar.roles.OnNode;
import io.pulzar.roles.Version;
import io.pulzar.settings.Settings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the master takes this node for one of its own, as the answers to its heartbeats tell.
 *
 * <p>A node that was refused asks for nothing else: with another node's name it would take that
 * one's jobs, with a wrong key it would fill both logs. It reports more and more rarely until it is
 * let in. One that merely gets no answer reports more often, so that the master has it back soon
 * after the way is open again.
 */
@OnNode
@Singleton
final class Membership implements HealthCheck {

  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
  private static final Duration UNANSWERED_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final int SERVER_ERRORS = 500;

  private final Duration interval;
  private volatile Health health = Health.starting("has not reached the master yet");
  private volatile CompletableFuture<Void> joined = new CompletableFuture<>();
  private String versionOfMaster = Version.CURRENT;
  private long beats;
  private long newestAnswered;
  private boolean unanswered;
  private Duration refusedPause = Duration.ZERO;

  @Inject
  Membership(Settings settings) {
    this(ClusterSettings.of(settings).heartbeat());
  }

  Membership(Duration interval) {
    this.interval = interval;
  }

  /** The number of the next heartbeat. */
  synchronized long next() {
    beats++;
    return beats;
  }

  /** The pause before the next heartbeat. */
  synchronized Duration pause() {
    if (!refusedPause.isZero()) {
      return refusedPause;
    }
    return unanswered && UNANSWERED_PAUSE.compareTo(interval) < 0 ? UNANSWERED_PAUSE : interval;
  }

  /** The master's answer to a heartbeat; what a newer one brought stays. */
  synchronized void welcomed(long beat, String name) {
    if (isNews(beat)) {
      unanswered = false;
      refusedPause = Duration.ZERO;
      change(Health.up("reports to the master as " + name));
      joined.complete(null);
    }
  }

  /** Tells once when the master is of another version. */
  synchronized void compareVersion(String ofMaster) {
    if (!ofMaster.equals(versionOfMaster)) {
      versionOfMaster = ofMaster;
      if (!ofMaster.equals(Version.CURRENT)) {
        LOG.warn(
            "the master has version {}, this node {}: give all servers of a cluster the same",
            ofMaster,
            Version.CURRENT);
      }
    }
  }

  /** A heartbeat was refused, or was not answered. */
  synchronized void failed(long beat, Throwable failure) {
    if (!isNews(beat)) {
      return;
    }
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof ApiException refusal && refusal.status() < SERVER_ERRORS) {
      refusedPause = longer(refusedPause.isZero() ? interval : refusedPause.multipliedBy(2));
      unanswered = false;
      if (joined.isDone()) {
        joined = new CompletableFuture<>();
      }
    } else {
      unanswered = true;
      refusedPause = Duration.ZERO;
    }
    change(Health.starting(String.valueOf(cause.getMessage())));
  }

  /**
   * Completes at once for a member, else when this node is let in.
   *
   * @param patience after which it fails with a {@link LinkDownException} that tells why
   */
  CompletionStage<Void> joined(Duration patience) {
    CompletableFuture<Void> joining = joined;
    return joining.isDone()
        ? joining
        : joining
            .copy()
            .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
            .exceptionally(
                late -> {
                  throw new LinkDownException("not joined: " + health.detail(), late);
                });
  }

  private boolean isNews(long beat) {
    if (beat <= newestAnswered) {
      return false;
    }
    newestAnswered = beat;
    return true;
  }

  private static Duration longer(Duration pause) {
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private void change(Health next) {
    if (health.equals(next)) {
      return;
    }
    health = next;
    if (next.state() == State.UP) {
      LOG.info("{}", next.detail());
    } else if (refusedPause.isZero()) {
      LOG.warn("can't report to the master, trying on: {}", next.detail());
    } else {
      LOG.error("the master refuses this node, trying on: {}", next.detail());
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
