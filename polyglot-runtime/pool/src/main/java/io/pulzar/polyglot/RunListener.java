package io.pulzar.polyglot;

/**
 * Receives what a run writes, while it runs. A listener that blocks slows the script down and
 * nothing else.
 */
public interface RunListener {

  /** A worker took the call; the script is about to be imported. */
  default void started() {}

  /** Log text: one or more whole lines, each ended by a newline. */
  default void log(String lines) {}

  /** One part of the output, as {@code pulzar_set_output} was given it. */
  default void output(String part) {}

  /** Hears nothing. */
  RunListener SILENT = new RunListener() {};
}
