package io.pulzar.polyglot.wall;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs the programs as the kernel would, in an interpreter of the few instructions that they have,
 * so that the filters of both processors are proven on either.
 */
final class SystemCallFilterTest {

  private static final long ALLOWED = 0x7fff0000L;
  private static final long KILLED = 0x80000000L;
  private static final long NOT_PERMITTED = 0x00050001L;
  private static final long ACCESS_DENIED = 0x0005000dL;
  private static final long NOT_IMPLEMENTED = 0x00050026L;
  private static final int SERVER = 4711;

  @ParameterizedTest
  @EnumSource
  void deniesWhatItIsToldAndNothingElse(Processor processor) {
    byte[] program =
        new SystemCallFilter(processor)
            .denying(SystemCallFilter.NOT_PERMITTED, SystemCall.PTRACE, SystemCall.BPF)
            .program();
    assertThat(run(program, processor, SystemCall.PTRACE)).isEqualTo(NOT_PERMITTED);
    assertThat(run(program, processor, SystemCall.BPF)).isEqualTo(NOT_PERMITTED);
    assertThat(run(program, processor, SystemCall.SOCKET)).isEqualTo(ALLOWED);
  }

  @ParameterizedTest
  @EnumSource
  void endsAProcessThatCallsAsAnotherProcessor(Processor processor) {
    Processor other = processor == Processor.ARM64 ? Processor.X86_64 : Processor.ARM64;
    byte[] program = new SystemCallFilter(processor).program();
    assertThat(run(program, other.auditName, 1)).isEqualTo(KILLED);
  }

  @ParameterizedTest
  @EnumSource
  void deniesTheSecondSetOfNumbersWhereThereIsOne(Processor processor) {
    byte[] program = new SystemCallFilter(processor).program();
    assertThat(run(program, processor.auditName, 0x40000000 | 1))
        .isEqualTo(processor.hasSecondSet ? NOT_PERMITTED : ALLOWED);
  }

  @ParameterizedTest
  @EnumSource
  void allowsSocketsOfTheInternetOnly(Processor processor) {
    byte[] program = new SystemCallFilter(processor).onlyInternetSockets().program();
    int nonBlocking = 0x800;
    assertThat(run(program, processor, SystemCall.SOCKET, 2, 1)).isEqualTo(ALLOWED);
    assertThat(run(program, processor, SystemCall.SOCKET, 10, 2 | nonBlocking)).isEqualTo(ALLOWED);
    assertThat(run(program, processor, SystemCall.SOCKET, 1, 1)).isEqualTo(ACCESS_DENIED);
    assertThat(run(program, processor, SystemCall.SOCKET, 16, 3)).isEqualTo(ACCESS_DENIED);
    assertThat(run(program, processor, SystemCall.SOCKET, 2, 3 | nonBlocking))
        .isEqualTo(ACCESS_DENIED);
    assertThat(run(program, processor, SystemCall.KILL, 1, 1)).isEqualTo(ALLOWED);
  }

  @ParameterizedTest
  @EnumSource
  void keepsSignalsFromTheServerAndFromGroups(Processor processor) {
    byte[] program =
        new SystemCallFilter(processor)
            .noSignalsTo(SERVER, SystemCall.KILL, SystemCall.TGKILL)
            .program();
    assertThat(run(program, processor, SystemCall.KILL, SERVER)).isEqualTo(NOT_PERMITTED);
    assertThat(run(program, processor, SystemCall.TGKILL, SERVER)).isEqualTo(NOT_PERMITTED);
    assertThat(run(program, processor, SystemCall.KILL, 0)).isEqualTo(NOT_PERMITTED);
    assertThat(run(program, processor, SystemCall.KILL, -1)).isEqualTo(NOT_PERMITTED);
    assertThat(run(program, processor, SystemCall.KILL, SERVER + 1)).isEqualTo(ALLOWED);
    assertThat(run(program, processor, SystemCall.TGKILL, SERVER + 1)).isEqualTo(ALLOWED);
  }

  @ParameterizedTest
  @EnumSource
  void allowsThreadsAndNoProcesses(Processor processor) {
    byte[] program = new SystemCallFilter(processor).noProcesses().program();
    assertThat(run(program, processor, SystemCall.CLONE, 0x003d0f00)).isEqualTo(ALLOWED);
    assertThat(run(program, processor, SystemCall.CLONE, 0x01200011)).isEqualTo(NOT_PERMITTED);
    assertThat(run(program, processor, SystemCall.CLONE3)).isEqualTo(NOT_IMPLEMENTED);
    assertThat(run(program, processor, SystemCall.EXECVE)).isEqualTo(NOT_PERMITTED);
    assertThat(run(program, processor, SystemCall.EXECVEAT)).isEqualTo(NOT_PERMITTED);
  }

  private static long run(byte[] program, Processor processor, SystemCall call, int... arguments) {
    return run(program, processor.auditName, processor.number(call), arguments);
  }

  /** What the program returns for a call, as {@code linux/filter.h} defines its instructions. */
  private static long run(byte[] program, int architecture, int number, int... arguments) {
    ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    data.putInt(0, number).putInt(4, architecture);
    for (int i = 0; i < arguments.length; i++) {
      data.putLong(16 + 8 * i, arguments[i]);
    }
    ByteBuffer code = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
    int accumulator = 0;
    for (int at = 0; ; at++) {
      int value = code.getInt(8 * at + 4);
      int whenTrue = code.get(8 * at + 2) & 0xff;
      int whenFalse = code.get(8 * at + 3) & 0xff;
      switch (code.getShort(8 * at)) {
        case 0x20 -> accumulator = data.getInt(value);
        case 0x54 -> accumulator &= value;
        case 0x15 -> at += accumulator == value ? whenTrue : whenFalse;
        case 0x35 -> at += Integer.compareUnsigned(accumulator, value) >= 0 ? whenTrue : whenFalse;
        case 0x45 -> at += (accumulator & value) != 0 ? whenTrue : whenFalse;
        case 0x06 -> {
          return value & 0xffffffffL;
        }
        default -> throw new AssertionError("no such instruction at " + at);
      }
    }
  }
}
