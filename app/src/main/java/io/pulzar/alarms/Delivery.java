package io.pulzar.alarms;

import java.time.Instant;
import java.util.Optional;

/**
 * One notice for one receiver, and what became of it.
 *
 * @param id the same at each attempt, and never used for another: receivers know doubles by it
 * @param to the address of a mail; empty for a webhook
 * @param attempts made so far
 * @param outcome of the last attempt, for people; empty before the first
 * @param ended when it was taken, or given up; empty: it waits for its next attempt
 */
record Delivery(
    String id,
    String receiver,
    String to,
    Notice notice,
    Instant created,
    State state,
    int attempts,
    Instant next,
    String outcome,
    Optional<Instant> ended) {

  /** Where it stands. */
  enum State {
    WAITING(0),
    SENT(1),
    GIVEN_UP(2);

    private final int number;

    State(int number) {
      this.number = number;
    }

    /** Part of the format on the disk. */
    int number() {
      return number;
    }

    static State numbered(int number) {
      for (State state : values()) {
        if (state.number == number) {
          return state;
        }
      }
      throw new IllegalStateException(
          "a delivery of kind " + number + " was stored by a newer version: run that version");
    }
  }

  static Delivery create(String id, String receiver, String to, Notice notice, Instant now) {
    return new Delivery(id, receiver, to, notice, now, State.WAITING, 0, now, "", Optional.empty());
  }

  Delivery retriedAt(Instant later, String failure) {
    return new Delivery(
        id, receiver, to, notice, created, State.WAITING, attempts + 1, later, failure, ended);
  }

  Delivery ended(State last, String words, Instant now) {
    return new Delivery(
        id, receiver, to, notice, created, last, attempts + 1, next, words, Optional.of(now));
  }

  /** The same, never attempted. */
  Delivery refused(String words, Instant now) {
    return new Delivery(
        id, receiver, to, notice, created, State.GIVEN_UP, 0, next, words, Optional.of(now));
  }
}
