package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.WallReport;
import java.io.IOException;

/** Starts the process of a worker, with pipes for its three standard streams. */
@FunctionalInterface
interface ProcessStarter {

  Process start(long heapBytes) throws IOException;

  /** What the kernel keeps from the processes. */
  default WallReport wall() {
    return WallReport.none("nothing puts one up");
  }

  /** Whether a process can't see a directory that was made after its start. */
  default boolean isOutdated(Process process) {
    return false;
  }
}
