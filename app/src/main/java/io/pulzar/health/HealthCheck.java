package io.pulzar.health;

/** Tells how one part of the server is. */
public interface HealthCheck {

  /** What can be said of a part. */
  enum State {
    /** It works. */
    UP,
    /** It does not work yet and will by itself; the server is not ready. */
    STARTING,
    /** It does not work. */
    DOWN
  }

  /**
   * One part's condition.
   *
   * @param detail for a person: what it is or what to do; may be empty
   */
  record Health(State state, String detail) {

    public static Health up(String detail) {
      return new Health(State.UP, detail);
    }

    public static Health starting(String detail) {
      return new Health(State.STARTING, detail);
    }

    public static Health down(String detail) {
      return new Health(State.DOWN, detail);
    }
  }

  /** For example {@code python}. */
  String part();

  /** The condition now. */
  Health check();
}
