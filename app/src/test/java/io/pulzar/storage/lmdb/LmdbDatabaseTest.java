package io.pulzar.storage.lmdb;

import io.pulzar.storage.DatabaseContract;
import io.pulzar.storage.StorageEngine;

final class LmdbDatabaseTest extends DatabaseContract {

  @Override
  protected StorageEngine engine() {
    return new LmdbEngine();
  }
}
