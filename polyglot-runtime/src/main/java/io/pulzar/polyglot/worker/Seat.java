package io.pulzar.polyglot.worker;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * An interpreter and the thread that it is built on and runs on. Being built, it waits between its
 * steps while a run goes on elsewhere, until it is claimed itself.
 */
final class Seat {

  private final IdleGate gate;
  private final GuestThread thread = new GuestThread("python");
  private final CompletableFuture<Interpreter> interpreter = new CompletableFuture<>();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private volatile boolean claimed;

  Seat(Sandbox sandbox, boolean network, IdleGate gate) {
    this.gate = gate;
    var _ = thread.submit(() -> build(sandbox, network));
  }

  /** Completes when the context and all that is imported ahead are there, or never will be. */
  CompletableFuture<Void> ready() {
    return ready;
  }

  /** Hurries the building: a run waits for it. */
  void claim() {
    claimed = true;
    gate.wake();
  }

  /** Whether what the context holds is still what the files say. Only after a run. */
  boolean isCurrent() {
    return !interpreter.join().sourcesChanged();
  }

  int runs() {
    return interpreter.join().runs();
  }

  /**
   * Runs a script, on the thread of the interpreter.
   *
   * @param first is called when the interpreter is built and the script is about to be imported
   * @param then is given how that ended
   */
  void run(RunSession session, Runnable first, Consumer<Interpreter.Ran> then) {
    var _ = thread.submit(() -> then.accept(runHere(session, first)));
  }

  private Interpreter.Ran runHere(RunSession session, Runnable first) {
    try {
      Interpreter built = interpreter.join();
      first.run();
      return built.run(session);
    } catch (RuntimeException e) {
      return Outcomes.broken(e);
    }
  }

  /**
   * Ends the context.
   *
   * @return false when something in it could not be stopped in that time
   */
  boolean close(Duration patience) {
    claim();
    thread.end();
    if (interpreter.isCompletedExceptionally()) {
      return true;
    }
    try {
      return interpreter.join().close(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void build(Sandbox sandbox, boolean network) {
    try {
      gate.awaitIdle(() -> claimed);
      Interpreter built = new Interpreter(sandbox, network);
      interpreter.complete(built);
      boolean more = true;
      while (more && !claimed) {
        gate.awaitIdle(() -> claimed);
        more = built.importNextAhead();
      }
    } catch (InterruptedException e) {
      interpreter.completeExceptionally(e);
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      interpreter.completeExceptionally(e);
    } finally {
      ready.complete(null);
    }
  }
}
