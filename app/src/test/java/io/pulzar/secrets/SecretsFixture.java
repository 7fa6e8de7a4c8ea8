package io.pulzar.secrets;

import io.pulzar.TestServer;
import io.pulzar.settings.Settings;
import io.pulzar.storage.Database;
import io.pulzar.storage.StorageEngine;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** Secrets as a master in a directory has them, without the server. */
public final class SecretsFixture implements AutoCloseable {

  final Settings settings;
  final SecretStore store;
  private final Database database;

  private SecretsFixture(Settings settings, Clock clock) {
    this.settings = settings;
    this.database =
        StorageEngine.local().open(SecretsFactory.directory(settings), SecretTables.ALL);
    this.store =
        new SecretStore(database, Keyring.of(settings), SecretSettings.of(settings), clock);
    store.renew();
  }

  public static SecretsFixture in(Path directory) {
    return in(directory, Map.of());
  }

  static SecretsFixture in(Path directory, Map<String, String> chosen) {
    return new SecretsFixture(TestServer.settings(directory, chosen), Clock.systemUTC());
  }

  public SealedParameters parameters() {
    return new SealedParameters(store);
  }

  public SealedTexts texts() {
    return new SealedTexts(store);
  }

  @Override
  public void close() {
    database.close();
  }
}
