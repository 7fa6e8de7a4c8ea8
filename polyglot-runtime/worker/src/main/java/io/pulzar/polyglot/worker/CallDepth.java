package io.pulzar.polyglot.worker;

import com.oracle.graal.python.builtins.PythonBuiltinClassType;
import com.oracle.graal.python.nodes.PRaiseNode;
import com.oracle.graal.python.runtime.PythonContext;
import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.nodes.RootNode;
import com.oracle.truffle.api.strings.TruffleString;

/**
 * How deep the calls of a script are. GraalPy only stores what {@code sys.setrecursionlimit} says
 * and goes on to the end of the stack, which holds ten thousand calls that are interpreted and
 * hundreds of thousands that are compiled; to leave so many takes seconds and hundreds of
 * megabytes.
 *
 * <p>Called by GraalPy's functions, into which the image's build puts these calls, so it must cost
 * next to nothing: the count is a field of the thread, what Graal inlines into another function is
 * not counted, and neither are threads that scripts start, whose stacks are small.
 */
public final class CallDepth {

  /**
   * How many calls count as one of CPython's: some of what is C there is Python here, and no script
   * that stays within its limit on a desk may reach it here.
   */
  private static final int ALLOWANCE = 3;

  /**
   * Up to here the limit is not looked at, which would cost each call: it is that of a script that
   * sets none, and a lower one counts as this one.
   */
  private static final int UNLOOKED = ALLOWANCE * 1000;

  private CallDepth() {}

  /**
   * A run begins on this thread. Where the stack itself was used up, the end of a call can have
   * failed to be counted.
   */
  static void reset() {
    if (Thread.currentThread() instanceof WorkerThread thread) {
      thread.callDepth = 0;
    }
  }

  /**
   * A function begins.
   *
   * @return whether the call is counted, which {@link #exit} is to be told
   */
  public static boolean enter(RootNode function) {
    if (CompilerDirectives.inCompiledCode() && !CompilerDirectives.inCompilationRoot()) {
      return false;
    }
    if (!(Thread.currentThread() instanceof WorkerThread thread)) {
      return false;
    }
    if (++thread.callDepth > UNLOOKED) {
      checkLimit(function, thread);
    }
    return true;
  }

  /** It ended, in whatever way. */
  public static void exit(boolean counted) {
    if (counted && Thread.currentThread() instanceof WorkerThread thread) {
      thread.callDepth--;
    }
  }

  @TruffleBoundary
  private static void checkLimit(RootNode function, WorkerThread thread) {
    int limit = PythonContext.get(function).getSysModuleState().getRecursionLimit();
    if (thread.callDepth / ALLOWANCE >= limit) {
      thread.callDepth--;
      throw PRaiseNode.raiseStatic(
          function,
          PythonBuiltinClassType.RecursionError,
          TruffleString.fromJavaStringUncached(
              "maximum recursion depth exceeded", TruffleString.Encoding.UTF_32));
    }
  }
}
