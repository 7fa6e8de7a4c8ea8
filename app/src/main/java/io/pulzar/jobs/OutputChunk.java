package io.pulzar.jobs;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * What a run wrote during a short while.
 *
 * @param log whole lines, each ended by a newline; may be empty
 * @param output parts as the script gave them
 */
@Serdeable
public record OutputChunk(String log, List<String> output) {

  public static final OutputChunk EMPTY = new OutputChunk("", List.of());

  public boolean isEmpty() {
    return log.isEmpty() && output.isEmpty();
  }
}
