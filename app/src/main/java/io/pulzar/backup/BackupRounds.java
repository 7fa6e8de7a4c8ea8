package io.pulzar.backup;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.pulzar.cluster.NodeIdentity;
import io.pulzar.link.InProcessLink;
import io.pulzar.roles.OnMaster;
import io.pulzar.roles.OnNode;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import io.pulzar.upkeep.Loops;
import io.pulzar.upkeep.Rounds;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a backup whenever the newest one is old enough, however often the server was restarted; one
 * that failed is tried again after a pause.
 */
final class BackupRounds {

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /** Between two looks whether the other role has begun. */
  private static final Duration START = Duration.ofMillis(100);

  /** One that takes longer counts as stuck. */
  private static final Duration LONGEST_BACKUP = Duration.ofDays(2);

  private final Backups backups;
  private final Destination destination;
  private final Duration every;
  private final Clock clock;
  private final int roles;

  /**
   * @param roles that the process has, or will soon have
   */
  BackupRounds(Backups backups, Destination destination, Duration every, Clock clock, int roles) {
    this.roles = roles;
    this.backups = backups;
    this.destination = destination;
    this.every = every;
    this.clock = clock;
  }

  /** Makes one if it is time, once everything is there. */
  void look(Rounds.Progress progress) throws InterruptedException {
    while (!backups.areWhole(roles)) {
      if (!progress.goesOn()) {
        return;
      }
      Thread.sleep(START);
    }
    try {
      Instant now = clock.instant();
      Optional<Instant> newest = destination.newest();
      if (newest.isEmpty() || !newest.get().plus(every).isAfter(now)) {
        destination.store(now, backups::write);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Looks now and then, in the one context of the process that is to do it. */
  abstract static class Schedule {

    private final @Nullable Rounds rounds;

    private Schedule(Settings settings, String label, Backups backups, Loops loops, Clock clock) {
      if (!settings.get(ServerSettings.BACKUP_ACTIVE)) {
        this.rounds = null;
        return;
      }
      Duration every = settings.get(BackupSettings.EVERY);
      Duration pause = every.dividedBy(10);
      BackupRounds work =
          new BackupRounds(
              backups,
              BackupSettings.destination(settings, label),
              every,
              clock,
              settings.get(ServerSettings.ROLE) == ServerSettings.Roles.ALL ? 2 : 1);
      this.rounds =
          Rounds.start(
              loops,
              "backup",
              pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE,
              LONGEST_BACKUP,
              work::look);
    }

    @PreDestroy
    void stop() {
      if (rounds != null) {
        rounds.close();
      }
    }
  }

  /** A master, with or without a node in its process. */
  @OnMaster
  @Context
  static final class OfMaster extends Schedule {

    OfMaster(Settings settings, Backups backups, Loops loops, Clock clock) {
      super(settings, "master", backups, loops, clock);
    }
  }

  /** A node whose master is elsewhere. */
  @OnNode
  @Context
  @Requires(missingBeans = InProcessLink.class)
  static final class OfNode extends Schedule {

    OfNode(Settings settings, NodeIdentity identity, Backups backups, Loops loops, Clock clock) {
      super(settings, identity.name(), backups, loops, clock);
    }
  }
}
