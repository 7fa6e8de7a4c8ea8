package io.pulzar.check;

import io.micronaut.context.annotation.Context;
import io.micronaut.scheduling.TaskScheduler;
import io.pulzar.check.ConsistencyCheck.Pace;
import io.pulzar.cluster.NodeRegistry;
import io.pulzar.http.ApiException;
import io.pulzar.keys.KeyIndex;
import io.pulzar.keys.KeySettings;
import io.pulzar.keys.Replication;
import io.pulzar.keys.ReplicationRules;
import io.pulzar.link.NodeLinks;
import io.pulzar.roles.OnMaster;
import io.pulzar.settings.Settings;
import io.pulzar.storage.Database;
import io.pulzar.values.BucketCheck;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One inspection at a time: those that somebody asks for, and one now and then. */
@OnMaster
@Context
final class ConsistencyChecks {

  private static final Logger LOG = LoggerFactory.getLogger(ConsistencyChecks.class);

  /** How soon after the start the first one comes that nobody asked for, at most. */
  private static final Duration SOON = Duration.ofHours(1);

  /** How long a stop waits for the step under way. */
  private static final Duration LONGEST_END = Duration.ofSeconds(2);

  private final KeyIndex index;
  private final ReplicationRules rules;
  private final Replication copies;
  private final NodeRegistry nodes;
  private final NodeLinks links;
  private final InstantSource clock;
  private final List<Database> databases;
  private final Optional<BucketCheck> bucket;
  private @Nullable Thread running;
  private @Nullable ConsistencyReport last;
  private @Nullable String failure;

  ConsistencyChecks(
      KeyIndex index,
      ReplicationRules rules,
      Replication copies,
      NodeRegistry nodes,
      NodeLinks links,
      InstantSource clock,
      Settings settings,
      TaskScheduler scheduler,
      List<Database> databases,
      Optional<BucketCheck> bucket) {
    this.databases = List.copyOf(databases);
    this.bucket = bucket;
    this.index = index;
    this.rules = rules;
    this.copies = copies;
    this.nodes = nodes;
    this.links = links;
    this.clock = clock;
    Duration every = settings.get(KeySettings.CHECK);
    if (every.isPositive()) {
      var _ =
          scheduler.scheduleWithFixedDelay(
              every.compareTo(SOON) < 0 ? every : SOON, every, this::startGently);
    }
  }

  /**
   * How it stands.
   *
   * @param report of the last one that ended; absent: none has since the start, or it failed
   * @param failure why it failed
   */
  record State(boolean running, Optional<ConsistencyReport> report, Optional<String> failure) {}

  synchronized State state() {
    return new State(running != null, Optional.ofNullable(last), Optional.ofNullable(failure));
  }

  /**
   * Begins one.
   *
   * @throws ApiException 409 {@code check_running}
   */
  void start(boolean fix) {
    if (!start(fix, taken -> {})) {
      throw ApiException.conflict(
          "check_running", "A check is under way; GET admin/check tells when it has ended");
    }
  }

  /** Takes no more than half of what the disk can do, and repairs nothing. */
  private void startGently() {
    try {
      start(false, Thread::sleep);
    } catch (RuntimeException | Error e) {
      // The scheduler would never come back.
      LOG.error("the check can't be begun, and is begun at its next time", e);
    }
  }

  private synchronized boolean start(boolean fix, Pace pace) {
    if (running != null) {
      return false;
    }
    ConsistencyCheck inspection =
        new ConsistencyCheck(
            index, rules, copies, nodes, links, clock, databases, bucket, fix, pace);
    last = null;
    failure = null;
    running = Thread.ofVirtual().name("check").unstarted(() -> run(inspection));
    running.start();
    return true;
  }

  private void run(ConsistencyCheck inspection) {
    try {
      ConsistencyReport report = inspection.run();
      if (report.isClean()) {
        LOG.info("checked {} values, {} bytes: all is well", report.values(), report.bytes());
      } else {
        LOG.warn("checked {} values: {}", report.values(), report);
      }
      end(report, null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(null, "the server stopped");
    } catch (RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        end(null, "the server stopped");
        return;
      }
      LOG.error("the check failed", e);
      end(null, "the check failed; the master's log tells why");
    }
  }

  private synchronized void end(@Nullable ConsistencyReport report, @Nullable String why) {
    last = report;
    failure = why;
    running = null;
  }

  @PreDestroy
  void stop() {
    Thread thread;
    synchronized (this) {
      thread = running;
    }
    if (thread != null) {
      thread.interrupt();
      try {
        // It may wait for the answer of a node, which can't be interrupted.
        boolean _ = thread.join(LONGEST_END);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
