package io.pulzar.keys;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the index knows about the copies of a value that is, or is to be, on several nodes.
 *
 * @param version names the content, the same on all nodes: the id at the node that got it first
 * @param asked how many copies the writer asked for; 0: as many as the settings say
 * @param others where copies are besides the one that the location itself names
 */
public record ReplicaSet(long version, int asked, List<Replica> others) {

  /** Of a value that is on one node, and is to be. */
  public static final ReplicaSet NONE = new ReplicaSet(0, 0, List.of());

  public ReplicaSet {
    others = List.copyOf(others);
  }

  /** Whether several nodes are concerned, or will be. */
  public boolean isShared() {
    return version != 0;
  }

  ReplicaSet with(Replica copy) {
    return new ReplicaSet(version, asked, Stream.concat(others.stream(), Stream.of(copy)).toList());
  }
}
