package io.pulzar.storage.lmdb;

import io.pulzar.storage.StorageEngine;
import io.pulzar.storage.TableContract;

final class LmdbTableTest extends TableContract {

  @Override
  protected StorageEngine engine() {
    return new LmdbEngine();
  }
}
