package io.pulzar.polyglot.wall;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A program for seccomp, as {@code seccomp(2)} and {@code linux/bpf_common.h} describe it: what is
 * denied fails with an error number as if the kernel had refused it, everything else is allowed.
 *
 * <p>Filters of a process add up: each one can only deny more.
 */
final class SystemCallFilter {

  static final int NOT_PERMITTED = 1;
  static final int ACCESS_DENIED = 13;

  /** What a kernel without the call would say, so that a library takes another way. */
  static final int NOT_IMPLEMENTED = 38;

  private static final int UNIX_ERROR = 0x00050000;
  private static final int ALLOW = 0x7fff0000;
  private static final int KILL_PROCESS = 0x80000000;

  // Instructions: load a word of the call, compare, mask, return.
  private static final int LOAD = 0x20;
  private static final int JUMP_EQUAL = 0x15;
  private static final int JUMP_AT_LEAST = 0x35;
  private static final int JUMP_ANY_BIT = 0x45;
  private static final int AND = 0x54;
  private static final int RETURN = 0x06;

  // struct seccomp_data. Both processors are little-endian, so the low half of an argument is
  // first.
  private static final int NUMBER = 0;
  private static final int ARCHITECTURE = 4;
  private static final int ARGUMENTS = 16;
  private static final int ARGUMENT_BYTES = 8;

  private static final int SECOND_SET = 0x40000000;

  private static final int INSTRUCTION_BYTES = 8;

  private static final int IPV4 = 2;
  private static final int IPV6 = 10;
  private static final int SOCKET_TYPE_BITS = 0xf;
  private static final int RAW_SOCKET = 3;

  /** A new thread, not a new process: {@code CLONE_THREAD}. */
  private static final int THREAD = 0x00010000;

  private record Instruction(int code, int whenTrue, int whenFalse, int value) {}

  private final Processor processor;
  private final List<Instruction> instructions = new ArrayList<>();

  /** A filter that allows everything, but the calls of another processor. */
  SystemCallFilter(Processor processor) {
    this.processor = processor;
    load(ARCHITECTURE);
    add(JUMP_EQUAL, 1, 0, processor.auditName);
    add(RETURN, 0, 0, KILL_PROCESS);
    load(NUMBER);
    if (processor.hasSecondSet) {
      add(JUMP_AT_LEAST, 0, 1, SECOND_SET);
      deny(NOT_PERMITTED);
    }
  }

  SystemCallFilter denying(int error, SystemCall... calls) {
    for (SystemCall call : calls) {
      int number = processor.number(call);
      if (number != Processor.NONE) {
        add(JUMP_EQUAL, 0, 1, number);
        deny(error);
      }
    }
    return this;
  }

  /** No sockets but those of TCP and UDP. */
  SystemCallFilter onlyInternetSockets() {
    return on(
        SystemCall.SOCKET,
        List.of(
            argument(0),
            new Instruction(JUMP_EQUAL, 2, 0, IPV4),
            new Instruction(JUMP_EQUAL, 1, 0, IPV6),
            denial(ACCESS_DENIED),
            argument(1),
            new Instruction(AND, 0, 0, SOCKET_TYPE_BITS),
            new Instruction(JUMP_EQUAL, 0, 1, RAW_SOCKET),
            denial(ACCESS_DENIED)));
  }

  /**
   * No signals to one process, nor to groups of them. It must be the process's first argument that
   * names it.
   */
  SystemCallFilter noSignalsTo(int process, SystemCall... calls) {
    for (SystemCall call : calls) {
      on(
          call,
          List.of(
              argument(0),
              // Negative: a group, or everyone.
              new Instruction(JUMP_AT_LEAST, 2, 0, 0x80000000),
              new Instruction(JUMP_EQUAL, 1, 0, 0),
              new Instruction(JUMP_EQUAL, 0, 1, process),
              denial(NOT_PERMITTED)));
    }
    return this;
  }

  /** Threads, but no processes. Libraries that ask for a thread in the newer way take the older. */
  SystemCallFilter noProcesses() {
    denying(NOT_IMPLEMENTED, SystemCall.CLONE3);
    denying(
        NOT_PERMITTED, SystemCall.EXECVE, SystemCall.EXECVEAT, SystemCall.FORK, SystemCall.VFORK);
    return on(
        SystemCall.CLONE,
        List.of(argument(0), new Instruction(JUMP_ANY_BIT, 1, 0, THREAD), denial(NOT_PERMITTED)));
  }

  /** The program: an array of {@code struct sock_filter}. */
  byte[] program() {
    ByteBuffer bytes =
        ByteBuffer.allocate((instructions.size() + 1) * INSTRUCTION_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    instructions.forEach(instruction -> put(bytes, instruction));
    put(bytes, new Instruction(RETURN, 0, 0, ALLOW));
    return bytes.array();
  }

  /** Goes through the steps for one call, and on behind them unless they returned. */
  private SystemCallFilter on(SystemCall call, List<Instruction> steps) {
    int number = processor.number(call);
    if (number == Processor.NONE) {
      return this;
    }
    add(JUMP_EQUAL, 0, steps.size() + 1, number);
    instructions.addAll(steps);
    // The steps have loaded something else.
    load(NUMBER);
    return this;
  }

  private void load(int offset) {
    add(LOAD, 0, 0, offset);
  }

  private void deny(int error) {
    instructions.add(denial(error));
  }

  private void add(int code, int whenTrue, int whenFalse, int value) {
    instructions.add(new Instruction(code, whenTrue, whenFalse, value));
  }

  private static Instruction denial(int error) {
    return new Instruction(RETURN, 0, 0, UNIX_ERROR | error);
  }

  private static Instruction argument(int number) {
    return new Instruction(LOAD, 0, 0, ARGUMENTS + number * ARGUMENT_BYTES);
  }

  private static void put(ByteBuffer bytes, Instruction instruction) {
    bytes.putShort((short) instruction.code());
    bytes.put((byte) instruction.whenTrue());
    bytes.put((byte) instruction.whenFalse());
    bytes.putInt(instruction.value());
  }
}
