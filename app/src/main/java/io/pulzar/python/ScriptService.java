package io.pulzar.python;

import io.pulzar.polyglot.HostCallException;
import java.io.IOException;

/**
 * Something that a running script may ask of the platform. A feature offers one by declaring a bean
 * of this type, on the role whose scripts may ask it.
 *
 * <p>Questions arrive on threads that may block, many at a time.
 */
public interface ScriptService {

  /** For example {@code keys.page}. */
  String name();

  /**
   * Answers one question.
   *
   * @param arguments a JSON object, as the script wrote it: not to be trusted
   * @return a JSON document
   * @throws HostCallException what the script shall see as a Python exception
   * @throws IOException a fault of this server, which its log names; the script sees an OSError
   */
  String answer(ScriptRun run, String arguments) throws HostCallException, IOException;
}
