package io.pulzar.storage.postgres;

import io.pulzar.storage.RemoteStorage;
import io.pulzar.storage.StorageAddress;
import io.pulzar.storage.StorageEngine;

/** Knows what to do with {@code jdbc:postgresql:} URLs. */
public final class PostgresStorage implements RemoteStorage {

  @Override
  public boolean handles(String url) {
    return url.startsWith("jdbc:postgresql:");
  }

  @Override
  public StorageEngine at(StorageAddress address) {
    return new PostgresEngine(address);
  }
}
