package io.pulzar.storage.postgres;

import io.pulzar.storage.StorageAddress;

/** What the databases on one server share. */
record Server(
    StorageAddress address,
    Connections connections,
    Retries retries,
    ReadPool readers,
    Leadership leadership) {

  String schema() {
    return address.schema();
  }
}
