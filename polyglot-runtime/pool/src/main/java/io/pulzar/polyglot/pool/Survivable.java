package io.pulzar.polyglot.pool;

/**
 * What ends one step of the pool's work and not the thread that does it: without that thread a run
 * would never end, or no worker ever be replaced, and nobody would know. That goes for Errors too:
 * memory or threads that the machine had none of may be there again.
 */
final class Survivable {

  private Survivable() {}

  /**
   * Throws what the JVM itself failed with, which leaves no footing: whoever looks after all
   * threads of the process is to see it.
   */
  static void orThrow(Throwable thrown) {
    if (thrown instanceof InternalError || thrown instanceof UnknownError) {
      throw (Error) thrown;
    }
  }
}
