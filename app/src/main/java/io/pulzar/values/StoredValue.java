package io.pulzar.values;

import io.pulzar.keys.Location;
import java.time.Instant;
import java.util.Optional;

/**
 * One version of a value, as its node keeps it. Never changed after it was written.
 *
 * @param key the key's path
 * @param id unique on this node
 * @param size bytes
 * @param checksum CRC-32C of all bytes
 * @param written when the content was written, to the millisecond
 * @param expires when it is no longer served; empty: never
 * @param shared whether other nodes may have copies
 */
record StoredValue(
    String key,
    long id,
    long size,
    int checksum,
    Instant written,
    Optional<Instant> expires,
    Content content,
    ReplicationState shared) {

  /** Of a value that is on this node only. */
  StoredValue(
      String key,
      long id,
      long size,
      int checksum,
      Instant written,
      Optional<Instant> expires,
      Content content) {
    this(key, id, size, checksum, written, expires, content, ReplicationState.NOT);
  }

  /** Names the content, the same on all nodes. */
  long version() {
    return shared.isShared() ? shared.version() : id;
  }

  StoredValue shared(ReplicationState now) {
    return new StoredValue(key, id, size, checksum, written, expires, content, now);
  }

  /** Where the bytes are. */
  sealed interface Content {

    /** Here. */
    final class Inline implements Content {

      private final byte[] bytes;

      Inline(byte[] bytes) {
        this.bytes = bytes;
      }

      /** All bytes; never changed. */
      byte[] bytes() {
        return bytes;
      }
    }

    /** In a file that is named by the id. */
    final class InFile implements Content {

      private final int[] blocks;

      InFile(int[] blocks) {
        this.blocks = blocks;
      }

      /** CRC-32C of each block of {@link BlockChecksums#BLOCK} bytes; never changed. */
      int[] blocks() {
        return blocks;
      }
    }
  }

  boolean expiredAt(Instant now) {
    return expires.isPresent() && !expires.get().isAfter(now);
  }

  /** The strong entity tag: another version or other bytes never have the same. */
  String entityTag() {
    return Location.entityTag(version(), checksum);
  }
}
