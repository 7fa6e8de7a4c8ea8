package io.pulzar.health;

import io.pulzar.storage.Database;
import io.pulzar.storage.StorageException;
import io.pulzar.storage.WriteActivity;
import io.pulzar.upkeep.RunningTime;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the databases of this role can be read and written. */
@Singleton
final class DatabaseHealth implements HealthCheck {

  /** Writes wait for so long only when the disk stands still. */
  private static final Duration STUCK = Duration.ofSeconds(30);

  private record Seen(long commits, Duration since) {}

  private final List<Database> databases;
  private final RunningTime time;
  private final Clock clock;
  private final Map<Database, Seen> seen = new HashMap<>();

  DatabaseHealth(List<Database> databases, RunningTime time, Clock clock) {
    this.databases = List.copyOf(databases);
    this.time = time;
    this.clock = clock;
  }

  @Override
  public String part() {
    return "database";
  }

  @Override
  public synchronized Health check() {
    for (Database database : databases) {
      Optional<Health> bad = trouble(database);
      if (bad.isPresent()) {
        return bad.get();
      }
    }
    return new Health(
        State.UP, databases.size() + " can be read and written", Optional.of(clock.instant()));
  }

  private Optional<Health> trouble(Database database) {
    try {
      database.probe();
    } catch (StorageException failure) {
      return Optional.of(
          database
              .loss()
              .map(Health::lost)
              .orElseGet(() -> Health.down(String.valueOf(failure.getMessage()))));
    }
    if (database.loss().isPresent()) {
      return database.loss().map(Health::lost);
    }
    WriteActivity activity = database.activity();
    Seen before = seen.get(database);
    if (before == null || before.commits() != activity.commits() || activity.waiting() == 0) {
      seen.put(database, new Seen(activity.commits(), time.now()));
      return Optional.empty();
    }
    Duration waiting = time.now().minus(before.since());
    return waiting.compareTo(STUCK) < 0
        ? Optional.empty()
        : Optional.of(
            Health.down(
                database.directory() + " has written nothing for " + waiting.toSeconds() + " s"));
  }
}
