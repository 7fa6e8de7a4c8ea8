package io.pulzar.polyglot.wire;

import java.io.IOException;

/** The bytes received are no frame, or a message does not fit into one; the message says why. */
public final class ProtocolException extends IOException {

  private static final long serialVersionUID = 1L;

  public ProtocolException(String message) {
    super(message);
  }
}
