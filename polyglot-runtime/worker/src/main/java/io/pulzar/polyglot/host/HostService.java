package io.pulzar.polyglot.host;

import io.pulzar.polyglot.HostCallException;
import org.jspecify.annotations.Nullable;

/** Something that scripts can do through Java: a few operations under one name. */
@FunctionalInterface
public interface HostService {

  /**
   * Performs one operation.
   *
   * @return null, a Boolean, Integer, Long, Double or String; bytes as {@code byte[]}; a List of
   *     these; or an object that Python can only hold and pass back
   * @throws HostCallException what Python raises; anything else is reported to the script as an
   *     internal error of the service
   */
  @Nullable Object call(String operation, CallArguments arguments) throws HostCallException;

  /** What a service answers to an operation that it does not have. */
  static HostCallException unknown(String service, String operation) {
    return new HostCallException("NotImplementedError", service + " has no operation " + operation);
  }
}
