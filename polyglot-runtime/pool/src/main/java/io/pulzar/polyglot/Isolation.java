package io.pulzar.polyglot;

/** How much of a script's state may survive from one of its runs to its next. */
public enum Isolation {
  /** The context is kept, the script's own modules are executed again for each run. */
  CLEAN,
  /** A new context for each run, built ahead of need where possible. */
  FRESH,
  /** The script's modules stay loaded between its runs. */
  WARM
}
