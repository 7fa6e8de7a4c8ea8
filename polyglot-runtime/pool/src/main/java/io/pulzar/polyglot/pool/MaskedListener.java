package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.RunListener;

/**
 * Masks what a run writes before anybody hears it.
 *
 * <p>Log text comes in whole lines, and a secret is looked for line by line, so none is cut in two.
 * But a worker breaks a line that does not end; what may be the beginning of a secret there waits
 * for the rest. For one thread, like every listener.
 */
final class MaskedListener implements RunListener {

  /** A worker breaks longer lines, and no shorter ones. */
  static final int LONG_LINE = 64 * 1024;

  private final RunListener listener;
  private final SecretMask mask;
  private String held = "";

  MaskedListener(RunListener listener, SecretMask mask) {
    this.listener = listener;
    this.mask = mask;
  }

  @Override
  public void started() {
    listener.started();
  }

  @Override
  public void log(String lines) {
    String text = held + lines;
    held = "";
    int end = text.length() - 1;
    if (text.endsWith("\n") && end - text.lastIndexOf('\n', end - 1) > LONG_LINE) {
      int open = mask.openEnd(text.substring(0, end));
      held = text.substring(end - open, end);
      text = text.substring(0, end - open) + "\n";
    }
    listener.log(mask.text(text));
  }

  @Override
  public void output(String part) {
    listener.output(mask.text(part));
  }

  /** The run is over: nothing follows what waits. */
  void end() {
    if (!held.isEmpty()) {
      listener.log(mask.text(held) + "\n");
      held = "";
    }
  }
}
