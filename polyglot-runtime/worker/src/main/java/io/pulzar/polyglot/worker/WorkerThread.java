package io.pulzar.polyglot.worker;

/**
 * A thread of the worker's own, without which it cannot go on: where one dies of an error, the
 * process ends, and the pool replaces it. Threads that scripts start are none of these.
 */
final class WorkerThread extends Thread {

  private static final int OUT_OF_MEMORY = 3;
  private static final int BROKEN = 1;

  /** Of {@link CallDepth}; only this thread touches it. */
  int callDepth;

  WorkerThread(String name, Runnable task) {
    super(task, name);
    setDaemon(true);
  }

  /**
   * @param stackBytes only what is touched of it costs memory
   */
  WorkerThread(String name, Runnable task, long stackBytes) {
    super(null, task, name, stackBytes);
    setDaemon(true);
  }

  /** Ends the process when one of its own threads dies. */
  static void endProcessWithAny() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, error) -> {
          if (thread instanceof WorkerThread) {
            endProcess(error);
          }
        });
  }

  static void endProcess(Throwable error) {
    try {
      System.err.println("the worker ends itself: " + error);
    } finally {
      Runtime.getRuntime().halt(error instanceof OutOfMemoryError ? OUT_OF_MEMORY : BROKEN);
    }
  }

  /** Ends the process as one whose memory is used up. */
  static void endProcessOutOfMemory() {
    Runtime.getRuntime().halt(OUT_OF_MEMORY);
  }
}
