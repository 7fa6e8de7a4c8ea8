package io.pulzar.polyglot;

import io.pulzar.polyglot.pool.RuntimesByKind;
import io.pulzar.polyglot.pool.WorkerPool;
import java.io.IOException;

/** Opens the one implementation of {@link PythonRuntime}. */
public final class PythonRuntimes {

  private PythonRuntimes() {}

  /**
   * Returns at once; the first workers start in the background.
   *
   * @throws IOException when the scratch directory cannot be made or emptied, or the image is not
   *     there, or the second wall is required and can't be had
   */
  public static PythonRuntime open(RuntimeSettings settings) throws IOException {
    return WorkerPool.open(settings);
  }

  /**
   * As {@link #open(RuntimeSettings)}, for scripts in the host's CPython and in Python 2 too.
   *
   * @throws IOException as there; what the other kinds lack is told to the calls that need them
   */
  public static PythonRuntime open(
      RuntimeSettings settings, CpythonSettings cpython, Python2Settings python2)
      throws IOException {
    return RuntimesByKind.open(settings, cpython, python2);
  }
}
