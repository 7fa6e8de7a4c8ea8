package io.pulzar.storage.postgres;

import io.pulzar.storage.DatabaseContract;
import io.pulzar.storage.StorageEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class PostgresDatabaseTest extends DatabaseContract {

  private static PostgresEngine engine;

  @BeforeAll
  static void start() {
    engine = PostgresFixture.engine();
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @Override
  protected StorageEngine engine() {
    return engine;
  }
}
