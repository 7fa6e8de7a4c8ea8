package io.pulzar.polyglot.wall;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/** Linux's system calls by number, for the calling thread. */
final class SystemCalls {

  // linux/errno.h; negative, as call() returns them.
  static final int NO_SUCH_FILE = -2;
  static final int ACCESS_DENIED = -13;
  static final int NOT_A_DIRECTORY = -20;

  private static final int LONGEST = 5;

  private static final MemoryLayout ERROR_NUMBER = Linker.Option.captureStateLayout();

  @SuppressWarnings("restricted")
  private static final MethodHandle SYSCALL =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("syscall"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG),
              Linker.Option.firstVariadicArg(1),
              Linker.Option.captureCallState("errno"));

  private SystemCalls() {}

  /**
   * Makes a system call; arguments that are not given are zero, which some calls insist on.
   *
   * @return its result, or the negative error number
   */
  static long call(int number, long... arguments) {
    long[] all = Arrays.copyOf(arguments, LONGEST);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment error = arena.allocate(ERROR_NUMBER);
      long result =
          (long) SYSCALL.invokeExact(error, (long) number, all[0], all[1], all[2], all[3], all[4]);
      return result >= 0 ? result : -(long) error.get(ValueLayout.JAVA_INT, 0);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a system call raises nothing checked", e);
    }
  }
}
