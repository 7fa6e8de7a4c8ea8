package io.pulzar.keys;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.pulzar.lmdb.Database;
import io.pulzar.lmdb.DatabaseSettings;
import io.pulzar.roles.OnMaster;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;

/** Opens the master's key index. */
@OnMaster
@Factory
final class KeyBeans {

  @Singleton
  @Bean(preDestroy = "close")
  KeyIndex index(Settings settings, Clock clock) {
    Path directory = settings.get(ServerSettings.HOME).resolve("master").resolve("keys");
    Database database = Database.open(directory, DatabaseSettings.DEFAULT, IndexTables.ALL);
    return new LmdbKeyIndex(database, clock);
  }
}
