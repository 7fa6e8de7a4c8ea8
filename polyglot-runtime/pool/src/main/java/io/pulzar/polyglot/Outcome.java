package io.pulzar.polyglot;

import java.time.Duration;

/** How a call ended. Every call ends in exactly one of these. */
public sealed interface Outcome {

  /**
   * The entry point returned.
   *
   * @param value a JSON document
   */
  record Completed(String value) implements Outcome {}

  /**
   * Python raised: while importing, constructing or executing, or because the result could not be
   * turned into JSON.
   *
   * @param type the exception's class name, {@code ValueError}
   * @param message its {@code str()}
   * @param traceback frames of the script only, without paths of the host
   */
  record Raised(String type, String message, String traceback) implements Outcome {}

  /** The time limit passed. */
  record TimedOut(Duration limit) implements Outcome {}

  /** The worker's heap was used up. */
  record OutOfMemory(long limitBytes) implements Outcome {}

  /** Log and output together grew over their limit. */
  record OutputLimit(long limitBytes) implements Outcome {}

  /** The worker process died or broke the protocol; {@code reason} is fit for the user. */
  record Crashed(String reason) implements Outcome {}

  /** {@link Run#cancel()} stopped it, before or while it ran. */
  record Canceled() implements Outcome {}
}
