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
record MembershipRecord(
    String name, String id, String url, Instant noted, MembershipState standing) {

  /** Numbers are part of the format on disk. */
  enum MembershipState {
    MEMBER(0),
    /** Finishes what it has and gets nothing new. */
    DRAINING(1),
    /** Does not belong to the cluster any more: its reports are refused. */
    REMOVED(2);

    private final int number;

    MembershipState(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    static MembershipState numbered(long number) {
      for (MembershipState standing : values()) {
        if (standing.number == number) {
          return standing;
        }
      }
      throw new IllegalStateException(
          "a node's standing " + number + " was stored by a newer version: run that version");
    }
  }

  MembershipRecord with(MembershipState decided, Instant now) {
    return new MembershipRecord(name, id, url, now, decided);
  }
}
