package io.pulzar.polyglot;

/**
 * What the kernel keeps from the workers, beside the sandbox inside them.
 *
 * @param description one line for a person
 */
public record WallReport(Strength strength, String description) {

  /** There is none, for a reason. */
  public static WallReport none(String reason) {
    return new WallReport(Strength.NONE, "workers have no second wall: " + reason);
  }

  /** How much of the second wall there is. */
  public enum Strength {
    /** All that it can be made of. */
    WHOLE,
    /** The kernel lacks a part. */
    PARTIAL,
    /** Nothing but the sandbox holds the scripts. */
    NONE
  }
}
