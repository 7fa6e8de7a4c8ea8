package io.pulzar.cluster;

import java.time.Instant;

/**
 * What the master keeps about a node over its restarts.
 *
 * @param id of its volume
 * @param url where it was reached last
 * @param noted when this was written
 * @param standing what its operator decided
 */
record NodeNote(String name, String id, String url, Instant noted, Standing standing) {

  /** Numbers are part of the format on disk. */
  enum Standing {
    MEMBER(0),
    /** Finishes what it has and gets nothing new. */
    DRAINING(1),
    /** Does not belong to the cluster any more: its reports are refused. */
    REMOVED(2);

    private final int number;

    Standing(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    static Standing numbered(long number) {
      for (Standing standing : values()) {
        if (standing.number == number) {
          return standing;
        }
      }
      throw new IllegalStateException(
          "a node's standing " + number + " was stored by a newer version: run that version");
    }
  }

  NodeNote with(Standing decided, Instant now) {
    return new NodeNote(name, id, url, now, decided);
  }
}
