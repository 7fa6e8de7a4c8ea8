package io.pulzar.storage.postgres;

import io.pulzar.storage.StorageEngine;
import io.pulzar.storage.TableContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class PostgresTableTest extends TableContract {

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
