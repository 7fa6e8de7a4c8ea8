package io.pulzar.polyglot.worker;

import com.oracle.graal.python.builtins.PythonBuiltinClassType;
import com.oracle.graal.python.nodes.PRaiseNode;
import com.oracle.graal.python.nodes.PRootNode;
import com.oracle.graal.python.runtime.GilNode;
import com.oracle.graal.python.runtime.PythonContext;
import com.oracle.truffle.api.ThreadLocalAction;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.RootNode;
import java.lang.reflect.Method;
import java.util.Objects;
import org.graalvm.polyglot.Context;
import org.jspecify.annotations.Nullable;

/**
 * What can be done to the threads of a context from outside: interrupt the script, and have the one
 * that holds the interpreter's lock give it to those that wait.
 *
 * <p>Knows the inside of the runtime, which offers neither. Both are done by actions that a thread
 * performs at its next step, or while it waits.
 */
final class ThreadControl {

  private final PythonContext python;
  private final Thread guest;
  private final Method hasWaiting;
  private final Method owner;

  private ThreadControl(PythonContext python, Thread guest) {
    this.python = python;
    this.guest = guest;
    try {
      hasWaiting = PythonContext.class.getDeclaredMethod("gilHasQueuedThreads");
      owner = PythonContext.class.getDeclaredMethod("getGilOwner");
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("this is another GraalPy than was built for", e);
    }
    hasWaiting.setAccessible(true);
    owner.setAccessible(true);
  }

  /** For a context that has begun, and the calling thread, which runs the script in it. */
  static ThreadControl here(Context context) {
    context.enter();
    try {
      return new ThreadControl(
          Objects.requireNonNull(PythonContext.get(null)), Thread.currentThread());
    } finally {
      context.leave();
    }
  }

  /**
   * Raises {@code KeyboardInterrupt} where the script is, as Ctrl-C does, so that its {@code
   * finally} runs; {@link Context#interrupt} passes by every handler. No effect when it is not
   * running.
   *
   * @param raising is called there, just before
   */
  void interrupt(Runnable raising) {
    submit(guest, new Raising(raising));
  }

  /**
   * Has the lock go round. The runtime means to do so every 50 ms, and forgets it for ever when it
   * asked a thread that had only just begun: whoever holds the lock then keeps it.
   */
  void passLockOn() {
    try {
      if (hasWaiting.invoke(python) instanceof Boolean waiting
          && waiting
          && owner.invoke(python) instanceof Thread holder) {
        submit(holder, new Passing());
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this is another GraalPy than was built for", e);
    }
  }

  private void submit(Thread thread, ThreadLocalAction action) {
    var _ = python.getEnv().submitThreadLocal(new Thread[] {thread}, action);
  }

  /** As {@code PyThreadState_SetAsyncExc} does it, which only native code can call. */
  private static final class Raising extends ThreadLocalAction {

    private final Runnable raising;

    Raising(Runnable raising) {
      super(true, false);
      this.raising = raising;
    }

    @Override
    protected void perform(Access access) {
      // A thread that waits has given the lock away.
      GilNode lock = GilNode.getUncached();
      boolean taken = lock.acquire();
      try {
        raising.run();
        throw PRaiseNode.raiseStatic(
            access.getLocation(), PythonBuiltinClassType.KeyboardInterrupt);
      } finally {
        lock.release(taken);
      }
    }
  }

  private static final class Passing extends ThreadLocalAction {

    Passing() {
      super(true, false);
    }

    @Override
    protected void perform(Access access) {
      if (isInternal(access.getLocation())) {
        return;
      }
      GilNode lock = GilNode.getUncached();
      if (lock.tryRelease()) {
        boolean _ = lock.acquire(PythonContext.get(null), access.getLocation());
      }
    }

    /** The runtime's own code counts on not being interrupted by other threads. */
    private static boolean isInternal(Node location) {
      @Nullable RootNode root = location.getRootNode();
      return root == null
          || root.isInternal()
          || (root instanceof PRootNode python && python.isPythonInternal());
    }
  }
}
