package io.pulzar.keys;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.pulzar.bucket.BucketSettings;
import io.pulzar.roles.OnMaster;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import io.pulzar.storage.Database;
import io.pulzar.storage.StorageEngine;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;

/** Opens the master's key index. */
@OnMaster
@Factory
final class KeysFactory {

  private static final String DATABASE = "keys";

  /** Closed with the index. */
  @Singleton
  @Named(DATABASE)
  Database database(StorageEngine storage, Settings settings) {
    Path directory = settings.get(ServerSettings.HOME).resolve("master").resolve(DATABASE);
    return storage.open(directory, KeyTables.ALL);
  }

  @Singleton
  @Bean(preDestroy = "close")
  KeyIndex index(@Named(DATABASE) Database database, Clock clock) {
    return new StoredKeyIndex(database, clock);
  }

  /** Not without the bucket that values are in. */
  @Singleton
  @Context
  ObjectIndex objects(@Named(DATABASE) Database database, Clock clock, Settings settings) {
    ObjectIndex objects = new ObjectIndex(database, clock);
    if (!BucketSettings.isUsed(settings)) {
      objects.requireNone();
    }
    return objects;
  }
}
