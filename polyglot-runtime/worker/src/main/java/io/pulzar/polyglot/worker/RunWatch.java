package io.pulzar.polyglot.worker;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the run that holds more memory, or has more on disk, than it was given, and sees to it that
 * none of its threads keeps the interpreter to itself.
 *
 * <p>What is on the heap goes with the context. What native code holds, and a context that does not
 * end, go with the process only.
 */
final class RunWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunWatch.class);

  private static final long LOOK_MILLIS = 20;

  /** How many looks there are from one measurement of the disk to the next. */
  private static final int LOOKS_PER_MEASUREMENT = 25;

  /** How many looks there are from one passing of the interpreter's lock to the next. */
  private static final int LOOKS_PER_PASSING = 4;

  /**
   * Stacks, and what native libraries take for themselves when they are loaded: whoever calls to
   * the end of the stack gets a RecursionError, and is not ended for want of memory.
   */
  private static final long BESIDE_JAVA_SLACK = GuestThread.STACK_BYTES;

  /** How long a context may take to end before the process does. */
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final class Watched {

    private final RunSession session;
    private final SandboxFileSystem files;
    private final ThreadControl threads;
    private final long memoryBytes;
    private final long besideJavaBefore;
    private final RunHeap heap;
    private long stoppedNanos;
    private boolean overMemory;

    Watched(RunSession session, SandboxFileSystem files, ThreadControl threads, long besideJava) {
      this.session = session;
      this.threads = threads;
      this.files = files;
      this.memoryBytes = session.start().memoryBytes();
      this.besideJavaBefore = Math.max(0, besideJava);
      this.heap = new RunHeap(memoryBytes);
    }
  }

  private final Runnable whenFull;
  private final ProcessMemory process = new ProcessMemory();
  private final Thread thread;

  // Guarded by this.
  private @Nullable Watched watched;

  /**
   * @param whenFull ends the process as one whose memory is used up
   */
  RunWatch(Runnable whenFull) {
    this.whenFull = whenFull;
    thread = new WorkerThread("run-watch", this::watchUntilClosed);
    thread.start();
  }

  /** Called before the script is imported. */
  void begin(RunSession session, SandboxFileSystem files, ThreadControl threads) {
    Watched begun = new Watched(session, files, threads, process.besideJava());
    synchronized (this) {
      watched = begun;
      notifyAll();
    }
  }

  synchronized void end() {
    watched = null;
  }

  @Override
  public void close() throws IOException {
    thread.interrupt();
    process.close();
  }

  private void watchUntilClosed() {
    try {
      for (int looks = 0; ; looks++) {
        Watched run = next();
        if (looks % LOOKS_PER_PASSING == 0) {
          passLockOn(run);
        }
        look(run, looks % LOOKS_PER_MEASUREMENT == 0);
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void passLockOn(Watched run) {
    try {
      run.threads.passLockOn();
    } catch (IllegalStateException closed) {
      // The run has ended since, and its context with it.
      LOG.debug("No lock to pass on", closed);
    }
  }

  private synchronized Watched next() throws InterruptedException {
    while (watched == null) {
      wait();
    }
    return watched;
  }

  private synchronized boolean isOn(Watched run) {
    return watched == run;
  }

  private void look(Watched run, boolean measureDisk) {
    try {
      if (run.overMemory) {
        if (System.nanoTime() - run.stoppedNanos > GRACE_NANOS && isOn(run)) {
          whenFull.run();
        }
        return;
      }
      long besideJava = process.besideJava() - run.besideJavaBefore;
      if (besideJava > run.memoryBytes + BESIDE_JAVA_SLACK && isOn(run)) {
        run.session.flush();
        whenFull.run();
      } else if (run.heap.isExceeded() && isOn(run)) {
        run.overMemory = true;
        run.stoppedNanos = System.nanoTime();
        run.session.stop(StopReason.MEMORY_LIMIT);
      } else if (measureDisk && run.files.exceedsQuota()) {
        run.session.stop(StopReason.SCRATCH_LIMIT);
      }
    } catch (OutOfMemoryError full) {
      whenFull.run();
    } catch (IOException | RuntimeException e) {
      LOG.warn("A run's use of memory and disk could not be looked at", e);
    }
  }
}
