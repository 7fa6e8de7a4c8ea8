package io.pulzar.keys;

import io.pulzar.jobs.StoredData;
import io.pulzar.roles.OnMaster;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Tells jobs where the value is that they work on. */
@OnMaster
@Singleton
final class IndexedData implements StoredData {

  private final KeyIndex index;

  IndexedData(KeyIndex index) {
    this.index = index;
  }

  @Override
  public Optional<String> nodeHolding(String key) {
    return index.find(Key.of(key)).map(Location::node);
  }
}
