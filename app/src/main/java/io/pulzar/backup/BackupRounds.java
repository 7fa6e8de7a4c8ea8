package io.pulzar.backup;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.micronaut.scheduling.TaskScheduler;
import io.pulzar.cluster.NodeIdentity;
import io.pulzar.link.InProcessLink;
import io.pulzar.roles.OnMaster;
import io.pulzar.roles.OnNode;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a backup whenever the newest one is old enough, however often the server was restarted; one
 * that failed is tried again after a pause.
 */
final class BackupRounds {

  private static final Logger LOG = LoggerFactory.getLogger(BackupRounds.class);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private final Backups backups;
  private final Destination destination;
  private final Duration every;
  private final Clock clock;

  BackupRounds(Backups backups, Destination destination, Duration every, Clock clock) {
    this.backups = backups;
    this.destination = destination;
    this.every = every;
    this.clock = clock;
  }

  /** Makes one if it is time. */
  void look() {
    try {
      Instant now = clock.instant();
      Optional<Instant> newest = destination.newest();
      if (newest.isEmpty() || !newest.get().plus(every).isAfter(now)) {
        destination.store(now, backups::write);
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("the backup failed and is tried again: {}", e.getMessage());
    }
  }

  /** Looks now and then, in the one context of the process that is to do it. */
  abstract static class Schedule {

    private final @Nullable ScheduledFuture<?> rounds;

    private Schedule(
        Settings settings, String label, Backups backups, TaskScheduler scheduler, Clock clock) {
      if (!settings.get(ServerSettings.BACKUP_ACTIVE)) {
        this.rounds = null;
        return;
      }
      Duration every = settings.get(BackupSettings.EVERY);
      Duration pause = every.dividedBy(10);
      BackupRounds work =
          new BackupRounds(backups, BackupSettings.destination(settings, label), every, clock);
      this.rounds =
          scheduler.scheduleWithFixedDelay(
              Duration.ofSeconds(1),
              pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE,
              work::look);
    }

    @PreDestroy
    void stop() {
      if (rounds != null) {
        rounds.cancel(false);
      }
    }
  }

  /** A master, with or without a node in its process. */
  @OnMaster
  @Context
  static final class OfMaster extends Schedule {

    OfMaster(Settings settings, Backups backups, TaskScheduler scheduler, Clock clock) {
      super(settings, "master", backups, scheduler, clock);
    }
  }

  /** A node whose master is elsewhere. */
  @OnNode
  @Context
  @Requires(missingBeans = InProcessLink.class)
  static final class OfNode extends Schedule {

    OfNode(
        Settings settings,
        NodeIdentity identity,
        Backups backups,
        TaskScheduler scheduler,
        Clock clock) {
      super(settings, identity.name(), backups, scheduler, clock);
    }
  }
}
