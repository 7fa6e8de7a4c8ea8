package io.pulzar.polyglot.wall;

import java.io.IOException;

/** The wall can't be put up, so no process was started. */
public final class WallException extends IOException {

  private static final long serialVersionUID = 1;

  WallException(String message) {
    super(message);
  }
}
