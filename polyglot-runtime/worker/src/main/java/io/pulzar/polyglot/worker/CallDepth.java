package io.pulzar.polyglot.worker;

import com.oracle.graal.python.PythonLanguage;
import com.oracle.graal.python.builtins.PythonBuiltinClassType;
import com.oracle.graal.python.nodes.PRaiseNode;
import com.oracle.graal.python.runtime.PythonContext;
import com.oracle.graal.python.runtime.PythonContext.PythonThreadState;
import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.nodes.RootNode;
import com.oracle.truffle.api.strings.TruffleString;
import org.jspecify.annotations.Nullable;

/**
 * How deep the calls of a Python thread are. GraalPy only stores what {@code sys.setrecursionlimit}
 * says and goes on to the end of the stack, which holds ten thousand calls that are interpreted and
 * hundreds of thousands that are compiled; to leave so many takes seconds and hundreds of
 * megabytes.
 *
 * <p>Called by GraalPy's functions, into which the image's build puts these calls. What it inlines
 * into another function is not counted, so that small functions cost no more than before.
 */
public final class CallDepth {

  /**
   * How many calls count as one of CPython's: some of what is C there is Python here, and no script
   * that stays within its limit on a desk may reach it here.
   */
  private static final int ALLOWANCE = 3;

  /** Up to here the limit is not looked at: that of a script that sets none. */
  private static final int UNLOOKED = ALLOWANCE * 1000;

  private CallDepth() {}

  /**
   * A function begins.
   *
   * @return what {@link #exit} is to be given; null when the call is not counted
   */
  public static @Nullable PythonThreadState enter(RootNode function) {
    if (CompilerDirectives.inCompiledCode() && !CompilerDirectives.inCompilationRoot()) {
      return null;
    }
    PythonContext context = PythonContext.get(function);
    PythonThreadState thread = context.getThreadState(PythonLanguage.get(function));
    if (++thread.recursionDepth > UNLOOKED
        && thread.recursionDepth / ALLOWANCE >= context.getSysModuleState().getRecursionLimit()) {
      CompilerDirectives.transferToInterpreter();
      thread.recursionDepth--;
      throw PRaiseNode.raiseStatic(
          function,
          PythonBuiltinClassType.RecursionError,
          TruffleString.fromJavaStringUncached(
              "maximum recursion depth exceeded", TruffleString.Encoding.UTF_32));
    }
    return thread;
  }

  /** It ended, in whatever way. */
  public static void exit(@Nullable PythonThreadState entered) {
    if (entered != null) {
      entered.recursionDepth--;
    }
  }
}
