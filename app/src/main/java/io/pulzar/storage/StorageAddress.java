package io.pulzar.storage;

import java.time.Duration;
import java.util.Optional;

/**
 * A database server that keeps what masters keep, and how to deal with it.
 *
 * @param url as its driver takes it
 * @param schema the name of what belongs to this installation there
 * @param holder this installation: the same after each start, and of no other that runs
 * @param readers reads that may be under way at the same time
 * @param patience how long something is tried again that a lost connection stopped
 * @param timeout how long the server may take to answer before the connection counts as lost
 * @param lease after this silence of a master another may take its place
 * @param cache bytes of records that a database's writer remembers
 */
public record StorageAddress(
    String url,
    Optional<String> user,
    Optional<String> password,
    String schema,
    String holder,
    int readers,
    Duration patience,
    Duration timeout,
    Duration lease,
    long cache) {

  /** Without the password, and without what may be in the URL behind the name. */
  public String place() {
    int parameters = url.indexOf('?');
    return parameters < 0 ? url : url.substring(0, parameters);
  }

  @Override
  public String toString() {
    return place() + " schema " + schema;
  }
}
