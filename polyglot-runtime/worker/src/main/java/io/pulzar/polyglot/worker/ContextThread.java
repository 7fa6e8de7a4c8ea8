package io.pulzar.polyglot.worker;

import io.pulzar.polyglot.wire.Message;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * An interpreter and the thread that it is built on and runs on. Being built, it waits between its
 * steps while a run goes on elsewhere, until it is claimed itself.
 */
final class ContextThread {

  private final IdleGate gate;
  private final GuestThread thread = new GuestThread("python");
  private final CompletableFuture<Interpreter> interpreter = new CompletableFuture<>();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private volatile boolean claimed;

  ContextThread(Sandbox sandbox, boolean network, IdleGate gate) {
    this.gate = gate;
    thread.execute(() -> build(sandbox, network));
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

  /** Whether the context is there, if perhaps not all that is imported ahead. */
  boolean isBuilt() {
    return interpreter.isDone();
  }

  /** Whether what the context holds, as far as it is built, is still what the files say. */
  boolean isCurrent() {
    return !interpreter.isCompletedExceptionally()
        && !(interpreter.isDone() && interpreter.join().sourcesChanged());
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
  void run(RunSession session, Consumer<Interpreter> first, Consumer<Interpreter.Ran> then) {
    thread.execute(() -> then.accept(runHere(session, first)));
  }

  /**
   * Loads a script, waiting at each of its modules while a run goes on elsewhere, until it is
   * claimed by one itself.
   *
   * @param then is given why that failed, or an empty text
   */
  void prepare(Message.Prepare prepare, Consumer<String> then) {
    thread.execute(() -> then.accept(prepareHere(prepare)));
  }

  private String prepareHere(Message.Prepare prepare) {
    try {
      return interpreter.join().prepare(prepare, this::awaitTurn);
    } catch (RuntimeException e) {
      return "the Python context could not be built: " + e;
    }
  }

  private void awaitTurn() {
    try {
      gate.awaitIdle(() -> claimed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Interpreter.Ran runHere(RunSession session, Consumer<Interpreter> first) {
    try {
      Interpreter built = interpreter.join();
      first.accept(built);
      return built.run(session);
    } catch (RuntimeException e) {
      return Outcomes.broken(e);
    } catch (OutOfMemoryError e) {
      return Outcomes.full(session);
    }
  }

  /** Stops what goes on in the context, for good; from any thread. */
  void cancel() {
    claim();
    var _ = interpreter.thenAccept(Interpreter::cancel);
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
      // A run can have the context from here on; the rest would only cost its own time.
      ready.complete(null);
      more = true;
      while (more && !claimed) {
        gate.awaitIdle(() -> claimed);
        more = built.prepareCleanRuns();
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
