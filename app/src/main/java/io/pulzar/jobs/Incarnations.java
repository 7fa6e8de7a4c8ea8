package io.pulzar.jobs;

import io.pulzar.http.ApiException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which life of each node counts: the one that came last. Not safe for threads: {@link Dispatcher}
 * guards it.
 */
final class Incarnations {

  /** Old lives that are remembered, to tell a late question of one from a new life. */
  private static final int REMEMBERED = 1_000;

  private final Map<String, String> current = new HashMap<>();
  private final Map<LeaseHolder, Boolean> over =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<LeaseHolder, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * Notes that a node asked.
   *
   * @return whether this is the first question of a new life
   * @throws ApiException 409 when another life of the node has replaced this one
   */
  boolean isNew(LeaseHolder lessee) {
    String known = current.get(lessee.node());
    if (lessee.incarnation().equals(known)) {
      return false;
    }
    if (over.containsKey(lessee)) {
      throw ApiException.conflict(
          "node_replaced",
          "another node with the name "
              + lessee.node()
              + " has joined; give each node its own pulzar.node.name");
    }
    if (known != null) {
      over.put(new LeaseHolder(lessee.node(), known), true);
    }
    current.put(lessee.node(), lessee.incarnation());
    return true;
  }
}
