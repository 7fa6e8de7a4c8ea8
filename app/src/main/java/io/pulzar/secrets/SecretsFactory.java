package io.pulzar.secrets;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.pulzar.roles.OnMaster;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import io.pulzar.storage.Database;
import io.pulzar.storage.StorageEngine;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;

/** Opens what the master keeps of secrets and variables. */
@OnMaster
@Factory
final class SecretsFactory {

  private static final String DATABASE = "secrets";

  static Path directory(Settings settings) {
    return settings.get(ServerSettings.HOME).resolve("master").resolve(DATABASE);
  }

  @Singleton
  @Named(DATABASE)
  @Bean(preDestroy = "close")
  Database database(StorageEngine storage, Settings settings) {
    return storage.open(directory(settings), SecretTables.ALL);
  }

  @Singleton
  SecretSettings settings(Settings settings) {
    return SecretSettings.of(settings);
  }

  @Singleton
  SecretStore store(
      @Named(DATABASE) Database database, Settings settings, SecretSettings own, Clock clock) {
    SecretStore store = new SecretStore(database, Keyring.of(settings), own, clock);
    store.renew();
    return store;
  }

  @Singleton
  RunSecrets runs(SecretStore store) {
    return new RunSecrets(store);
  }

  @Singleton
  SealedTexts texts(SecretStore store) {
    return new SealedTexts(store);
  }

  @Singleton
  SealedParameters parameters(SecretStore store) {
    return new SealedParameters(store);
  }
}
