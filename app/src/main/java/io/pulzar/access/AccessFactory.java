package io.pulzar.access;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.pulzar.rights.Access;
import io.pulzar.roles.OnMaster;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import io.pulzar.storage.Database;
import io.pulzar.storage.StorageEngine;
import io.pulzar.upkeep.Loops;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;

/** Opens what the master keeps about people and programs. */
@OnMaster
@Factory
final class AccessFactory {

  private static final String DATABASE = "access";

  @Singleton
  @Named(DATABASE)
  @Bean(preDestroy = "close")
  Database database(StorageEngine storage, Settings settings) {
    Path directory = settings.get(ServerSettings.HOME).resolve("master").resolve(DATABASE);
    return storage.open(directory, AccessTables.ALL);
  }

  @Singleton
  AccessStore store(@Named(DATABASE) Database database, Settings settings, Clock clock) {
    return new AccessStore(database, AccessSettings.of(settings), clock);
  }

  @Singleton
  GrantStore grants(@Named(DATABASE) Database database, Clock clock) {
    return new GrantStore(database, clock);
  }

  @Singleton
  @Bean(preDestroy = "close")
  AuditLog audit(@Named(DATABASE) Database database, Settings settings, Clock clock, Loops loops) {
    return new AuditLog(database, AccessSettings.of(settings).audit(), clock, loops);
  }

  @Singleton
  SignInThrottle throttle(Settings settings, Clock clock) {
    AccessSettings chosen = AccessSettings.of(settings);
    return new SignInThrottle(chosen.attempts(), chosen.pause(), clock);
  }

  @Singleton
  @Bean(preDestroy = "close")
  ProviderSignIn provider(
      Settings settings, Access access, AccessStore store, GrantStore grants, Clock clock) {
    return new ProviderSignIn(settings, access, store, grants, clock);
  }

  @Singleton
  OneTimeCodes codes(Clock clock) {
    return new OneTimeCodes(clock);
  }
}
