package io.pulzar.cluster;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.pulzar.roles.OnMaster;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import io.pulzar.storage.Database;
import io.pulzar.storage.StorageEngine;
import io.pulzar.upkeep.RunningTime;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Opens what the master remembers of its nodes. */
@OnMaster
@Factory
final class ClusterFactory {

  private static final String DATABASE = "nodes";

  @Singleton
  @Named(DATABASE)
  @Bean(preDestroy = "close")
  Database database(StorageEngine storage, Settings settings) {
    Path directory = settings.get(ServerSettings.HOME).resolve("master").resolve(DATABASE);
    return storage.open(directory, List.of(StoredMembershipRecords.NODES));
  }

  @Singleton
  NodeRegistry registry(
      @Named(DATABASE) Database database, Settings settings, Clock clock, RunningTime time) {
    return new NodeRegistry(
        clock, time, ClusterSettings.of(settings).lost(), new StoredMembershipRecords(database));
  }
}
