package io.pulzar.polyglot.pool;

import java.io.IOException;

/** Starts the process of a worker, with pipes for its three standard streams. */
@FunctionalInterface
interface ProcessStarter {

  Process start(long heapBytes) throws IOException;
}
