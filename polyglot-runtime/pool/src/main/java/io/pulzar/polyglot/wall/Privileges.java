package io.pulzar.polyglot.wall;

import static io.pulzar.polyglot.wall.SystemCall.CAPGET;
import static io.pulzar.polyglot.wall.SystemCall.CAPSET;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What root may do beyond others ({@code capabilities(7)}), which a thread can give up for itself
 * and its children. Some of it goes around Landlock: newer kernels let who may watch performance
 * read every process's environment.
 */
record Privileges(Processor processor) {

  /** {@code _LINUX_CAPABILITY_VERSION_3}: two words of each set. */
  private static final int VERSION = 0x20080522;

  private static final int DATA_BYTES = 24;
  private static final int EFFECTIVE = 0;
  private static final int PERMITTED = 4;

  /** {@code CAP_DAC_READ_SEARCH}: a server that is root may be given scripts that are private. */
  private static final int READ_ALL_FILES = 1 << 2;

  /**
   * Gives up all but the right to read files whatever their permissions say, so far as the thread
   * has it. Without new privileges no program gets any of it back.
   */
  void giveUp() throws WallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment header = arena.allocateFrom(ValueLayout.JAVA_INT, VERSION, 0);
      MemorySegment sets = arena.allocate(DATA_BYTES, Integer.BYTES);
      checked("capget", call(CAPGET, header.address(), sets.address()));
      int kept = sets.get(ValueLayout.JAVA_INT, PERMITTED) & READ_ALL_FILES;
      sets.fill((byte) 0);
      sets.set(ValueLayout.JAVA_INT, EFFECTIVE, kept);
      sets.set(ValueLayout.JAVA_INT, PERMITTED, kept);
      checked("capset", call(CAPSET, header.address(), sets.address()));
    }
  }

  private long call(SystemCall call, long... arguments) {
    return SystemCalls.call(processor.number(call), arguments);
  }

  private static void checked(String what, long result) throws WallException {
    if (result != 0) {
      throw new WallException(what + " failed with error " + -result);
    }
  }
}
