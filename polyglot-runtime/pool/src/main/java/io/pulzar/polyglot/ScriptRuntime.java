package io.pulzar.polyglot;

/** Which Python runs a script. */
public enum ScriptRuntime {
  /** GraalPy, in the workers' own sandbox: the default, which needs nothing of the host. */
  GRAALPY,
  /** The host's CPython, for scripts that need packages with native code. */
  CPYTHON,
  /** Jython, for scripts that were written for Python 2. */
  PYTHON2
}
