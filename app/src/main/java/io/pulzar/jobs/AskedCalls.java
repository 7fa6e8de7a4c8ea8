package io.pulzar.jobs;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Optional;

/**
 * What a run asked of its server, for the spans of its trace.
 *
 * @param all how many calls there were
 * @param first the first ones, as many as are wanted
 */
@Serdeable
public record AskedCalls(int all, List<AskedCall> first) {

  /**
   * One call.
   *
   * @param name for example {@code keys.put}
   * @param afterMicros from the beginning of the script, in microseconds: clocks of nodes differ
   * @param tookMicros until it was answered
   * @param error the kind of exception that the script got, such as {@code KeyError}; empty: an
   *     answer
   */
  @Serdeable
  public record AskedCall(String name, long afterMicros, long tookMicros, Optional<String> error) {}
}
