package io.pulzar.polyglot;

/**
 * Jython, as the kind of worker for scripts of Python 2. It starts when a script first asks for it.
 *
 * @param max runs that may go on at the same time
 * @param unconfined whether such scripts run also where the kernel can't hold them. Nothing else
 *     holds them: they could do there whatever the server's user can
 */
public record Python2Settings(int max, boolean unconfined) {

  public Python2Settings {
    if (max < 1) {
      throw new IllegalArgumentException("pulzar.python2.max must be 1 or more, got " + max);
    }
  }
}
