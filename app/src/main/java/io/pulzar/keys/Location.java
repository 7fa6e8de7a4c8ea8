package io.pulzar.keys;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the index knows about one key's value.
 *
 * @param node the name of the node that has it
 * @param id names this version of the value on its node; a replaced value gets another one
 * @param size bytes
 * @param checksum CRC-32C of all bytes
 * @param written when the content was written, to the millisecond; survives backup and restore
 * @param expires when the key goes by itself; empty: never
 * @param sharing where copies are
 */
public record Location(
    String node,
    long id,
    long size,
    int checksum,
    Instant written,
    Optional<Instant> expires,
    ReplicaSet sharing) {

  /** Stands in the place of a node's name for what is in the bucket; no node can have it. */
  public static final String BUCKET = "s3:";

  /** Of a value with one copy. */
  public Location(
      String node, long id, long size, int checksum, Instant written, Optional<Instant> expires) {
    this(node, id, size, checksum, written, expires, ReplicaSet.NONE);
  }

  /** Whether its bytes are in the bucket, from where every node can give them out. */
  public boolean isInBucket() {
    return node.equals(BUCKET);
  }

  public boolean expiredAt(Instant now) {
    return expires.isPresent() && !expires.get().isAfter(now);
  }

  /** Every copy; at least one. */
  public List<Replica> holders() {
    return Stream.concat(Stream.of(new Replica(node, id)), sharing.others().stream()).toList();
  }

  /** The copy at a node. */
  public Optional<Replica> at(String name) {
    return holders().stream().filter(copy -> copy.node().equals(name)).findFirst();
  }

  /** Whether a node has this version of the value under this id. */
  public boolean isAt(String name, long version) {
    return (id == version && node.equals(name))
        || sharing.others().contains(new Replica(name, version));
  }

  /** Names the content, the same on all nodes. */
  public long version() {
    return sharing.isShared() ? sharing.version() : id;
  }

  /** The strong entity tag: another version or other bytes never have the same. */
  public String entityTag() {
    return entityTag(version(), checksum);
  }

  /** That of a content, wherever it is. */
  public static String entityTag(long version, int checksum) {
    return "\"%x-%08x\"".formatted(version, checksum);
  }

  /** Whether both are copies of what was written once. */
  public boolean isSameContent(Location other) {
    return version() == other.version()
        && checksum == other.checksum
        && size == other.size
        && written.equals(other.written);
  }

  /** The same with one more copy. */
  Location with(Replica copy) {
    ReplicaSet known = sharing.isShared() ? sharing : new ReplicaSet(id, 0, List.of());
    return sharing(known.with(copy));
  }

  /** The same without one of the copies; empty when that was the only one. */
  Optional<Location> without(Replica copy) {
    List<Replica> left = holders().stream().filter(holder -> !holder.equals(copy)).toList();
    if (left.isEmpty()) {
      return Optional.empty();
    }
    ReplicaSet known = new ReplicaSet(version(), sharing.asked(), left.subList(1, left.size()));
    return Optional.of(
        new Location(
            left.getFirst().node(), left.getFirst().id(), size, checksum, written, expires, known));
  }

  /** The same value under the same version, with this as its only copy. */
  Location movedTo(Replica copy) {
    return new Location(
        copy.node(),
        copy.id(),
        size,
        checksum,
        written,
        expires,
        new ReplicaSet(version(), sharing.asked(), List.of()));
  }

  Location sharing(ReplicaSet other) {
    return new Location(node, id, size, checksum, written, expires, other);
  }
}
