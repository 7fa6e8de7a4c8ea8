package io.pulzar.keys;

import java.time.Instant;
import java.util.Optional;

/**
 * What the index knows about one key's value.
 *
 * @param node the name of the node that has it
 * @param id names this version of the value on its node; a replaced value gets another one
 * @param size bytes
 * @param checksum CRC-32C of all bytes
 * @param written when the content was written, to the millisecond; survives backup and restore
 * @param expires when the key goes by itself; empty: never
 */
public record Location(
    String node, long id, long size, int checksum, Instant written, Optional<Instant> expires) {

  public boolean expiredAt(Instant now) {
    return expires.isPresent() && !expires.get().isAfter(now);
  }
}
