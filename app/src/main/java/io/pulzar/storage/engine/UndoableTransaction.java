package io.pulzar.storage.engine;

import io.pulzar.storage.WriteTransaction;

/** A transaction of several bodies, of which one can be taken back without the others. */
public interface UndoableTransaction extends WriteTransaction {

  /** A point to go back to. */
  int mark();

  /** Takes back every change made since {@code mark}. */
  void undoTo(int mark);

  /**
   * Throws what the engine threw in this transaction, if anything. After it the transaction can
   * only be given up, also when a body caught the exception and went on.
   */
  void failIfBroken();
}
