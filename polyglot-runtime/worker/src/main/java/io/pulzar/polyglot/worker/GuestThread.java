package io.pulzar.polyglot.worker;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The thread on which one context runs its script, always the same one.
 *
 * <p>A platform thread: limits set from a virtual one are silently lost (oracle/graal #11058). The
 * stack is deep because Python's recursion uses it; only what is touched costs memory.
 */
final class GuestThread {

  static final long STACK_BYTES = 160L * 1024 * 1024;

  private final ExecutorService executor;

  GuestThread(String name) {
    executor = Executors.newSingleThreadExecutor(task -> new WorkerThread(name, task, STACK_BYTES));
  }

  void execute(Runnable task) {
    executor.execute(task);
  }

  void end() {
    executor.shutdown();
  }
}
