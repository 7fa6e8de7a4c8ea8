package io.pulzar.alarms;

/** A way to tell receivers something. */
interface Sender extends AutoCloseable {

  /**
   * How an attempt went.
   *
   * @param taken whether the receiver, or the mail server for it, took it
   * @param words for people: the answer, or what is wrong
   */
  record Outcome(boolean taken, String words) {}

  /** Tries once; does not return before that is over. */
  Outcome send(Receiver receiver, Delivery delivery) throws InterruptedException;

  @Override
  void close();
}
