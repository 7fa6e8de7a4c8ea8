package io.pulzar.polyglot;

import java.util.Optional;

/**
 * What one worker process does now.
 *
 * @param process its id
 * @param state of its life
 * @param run the id of the call that it runs, see {@link Call#id()}
 * @param runs how many it has ended
 * @param memoryBytes what it occupies of the machine's memory; 0 where the system does not tell
 */
public record WorkerStatus(
    long process, State state, Optional<String> run, int runs, long memoryBytes) {

  /** Where a worker is in its life. */
  public enum State {
    STARTING,
    IDLE,
    BUSY,
    LEAVING
  }

  /** The same with what it occupies. */
  public WorkerStatus withMemory(long bytes) {
    return new WorkerStatus(process, state, run, runs, bytes);
  }
}
