package io.pulzar.polyglot;

import java.nio.file.Path;

/**
 * What a running script may ask of the platform: a name and a JSON object in, JSON out.
 *
 * <p>Each call arrives on a thread of its own that may block. An exception becomes a Python
 * exception in the script: {@link HostCallException} with its message, anything else as an internal
 * error without details.
 */
@FunctionalInterface
public interface HostCalls {

  /**
   * Answers one call of the script.
   *
   * @param name for example {@code keys.page}
   * @param arguments a JSON object
   * @param scratch real path of the run's scratch directory, which is there once the script used
   *     it; a path that the script names is resolved below it
   * @return a JSON document
   */
  String call(String name, String arguments, Path scratch) throws HostCallException;

  /**
   * Whether the answer to this call waits for other runs. Meanwhile the run does not count among
   * those that go on, so that all that wait for each other can't stand still.
   */
  default boolean waits(String name) {
    return false;
  }

  /** Offers nothing: every call is refused. */
  HostCalls NONE =
      (name, arguments, scratch) -> {
        throw new HostCallException("NotImplementedError", name + " is not available here");
      };
}
