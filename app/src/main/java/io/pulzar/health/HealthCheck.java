package io.pulzar.health;

import java.time.Instant;
import java.util.Optional;

/** Tells how one part of the server is. */
public interface HealthCheck {

  /** What can be said of a part. */
  enum State {
    /** It works. */
    UP,
    /** It works in part, and will again in full; the server is not ready. */
    LIMITED,
    /** It does not work yet and will by itself; the server is not ready. */
    STARTING,
    /** It does not work. */
    DOWN,
    /** It does not work and never will in this process, which therefore ends. */
    LOST
  }

  /**
   * One part's condition.
   *
   * @param detail for a person: what it is or what to do; may be empty
   * @param last when a part that works in rounds ended the last one
   */
  record Health(State state, String detail, Optional<Instant> last) {

    public Health(State state, String detail) {
      this(state, detail, Optional.empty());
    }

    public static Health up(String detail) {
      return new Health(State.UP, detail);
    }

    public static Health starting(String detail) {
      return new Health(State.STARTING, detail);
    }

    public static Health limited(String detail) {
      return new Health(State.LIMITED, detail);
    }

    public static Health down(String detail) {
      return new Health(State.DOWN, detail);
    }

    public static Health lost(String detail) {
      return new Health(State.LOST, detail);
    }
  }

  /** For example {@code python}. */
  String part();

  /** The condition now. */
  Health check();
}
