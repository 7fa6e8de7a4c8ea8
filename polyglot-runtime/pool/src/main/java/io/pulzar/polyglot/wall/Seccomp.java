package io.pulzar.polyglot.wall;

import static io.pulzar.polyglot.wall.SystemCall.PRCTL;
import static io.pulzar.polyglot.wall.SystemCall.SECCOMP;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Puts filters for system calls on threads, for good; their children inherit them. */
record Seccomp(Processor processor) {

  private static final int SET_NO_NEW_PRIVILEGES = 38;
  private static final int SET_FILTER = 1;
  private static final int IS_ACTION_AVAILABLE = 2;
  private static final int ALL_THREADS = 1;
  private static final int RETURN_ERROR = 0x00050000;
  private static final int INSTRUCTION_BYTES = 8;

  /** Whether the kernel takes filters. */
  boolean isAvailable() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment action = arena.allocateFrom(ValueLayout.JAVA_INT, RETURN_ERROR);
      return call(SECCOMP, IS_ACTION_AVAILABLE, 0, action.address()) == 0;
    }
  }

  /** What the kernel asks of those who bind themselves; programs with more rights stay without. */
  void giveUpNewPrivileges() throws WallException {
    if (call(PRCTL, SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0) {
      throw new WallException("prctl(PR_SET_NO_NEW_PRIVS) failed");
    }
  }

  void restrictThread(byte[] program) throws WallException {
    install(program, 0);
  }

  /** Binds the threads that there are, and so those to come. */
  void restrictProcess(byte[] program) throws WallException {
    install(program, ALL_THREADS);
  }

  private void install(byte[] program, int flags) throws WallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment code = arena.allocate(program.length, Long.BYTES);
      MemorySegment.copy(program, 0, code, ValueLayout.JAVA_BYTE, 0, program.length);
      MemorySegment described = arena.allocate(16, Long.BYTES);
      described.set(ValueLayout.JAVA_SHORT, 0, (short) (program.length / INSTRUCTION_BYTES));
      described.set(ValueLayout.JAVA_LONG, 8, code.address());
      long result = call(SECCOMP, SET_FILTER, flags, described.address());
      if (result != 0) {
        throw new WallException("seccomp failed with error " + -result);
      }
    }
  }

  private long call(SystemCall call, long... arguments) {
    return SystemCalls.call(processor.number(call), arguments);
  }
}
