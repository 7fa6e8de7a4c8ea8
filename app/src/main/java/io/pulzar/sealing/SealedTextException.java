package io.pulzar.sealing;

/** What was sealed does not open: it has changed, belongs elsewhere, or another key sealed it. */
public final class SealedTextException extends Exception {

  private static final long serialVersionUID = 1L;

  SealedTextException(String message) {
    super(message);
  }
}
