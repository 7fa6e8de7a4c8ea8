package io.pulzar.polyglot.worker;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The thread on which one context runs its script, always the same one.
 *
 * <p>A platform thread: limits set from a virtual one are silently lost (oracle/graal #11058). The
 * stack is deep because Python's recursion uses it; only what is touched costs memory.
 */
final class GuestThread {

  private static final long STACK_BYTES = 64L * 1024 * 1024;

  private final ExecutorService executor;

  GuestThread(String name) {
    executor =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(null, task, name, STACK_BYTES);
              thread.setDaemon(true);
              return thread;
            });
  }

  Future<?> submit(Runnable task) {
    return executor.submit(task);
  }

  void end() {
    executor.shutdown();
  }
}
