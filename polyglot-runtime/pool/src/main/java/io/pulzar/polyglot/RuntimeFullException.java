package io.pulzar.polyglot;

/** Every worker is busy and the queue before them is at its bound. */
public final class RuntimeFullException extends Exception {

  private static final long serialVersionUID = 1L;

  public RuntimeFullException(int bound) {
    super(
        "all Python workers are busy and "
            + bound
            + " calls wait already; try again later or raise pulzar.workers.queue");
  }
}
