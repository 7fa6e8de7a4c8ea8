package io.pulzar.network;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * A network device whose cable ends in this process (Linux, Documentation/networking/tuntap.rst).
 * It goes with the namespace that it was moved to.
 */
@SuppressWarnings("restricted") // Linux has no other way in
final class Tap {

  /** An Ethernet frame without a checksum, and some room. */
  static final int LONGEST_FRAME = 2_048;

  private static final int READ_WRITE = 2;
  private static final long TUNSETIFF = 0x400454caL;
  private static final short TAP_WITHOUT_HEADER = 0x1002;
  private static final int REQUEST_BYTES = 40;
  private static final int FLAGS_AT = 16;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle OPEN =
      function(
          "open",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle IOCTL =
      function(
          "ioctl",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_LONG,
              ValueLayout.ADDRESS),
          Linker.Option.firstVariadicArg(2));
  private static final FunctionDescriptor TRANSFER =
      FunctionDescriptor.of(
          ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
  private static final MethodHandle READ = function("read", TRANSFER);
  private static final MethodHandle WRITE = function("write", TRANSFER);

  private final int descriptor;

  private Tap(int descriptor) {
    this.descriptor = descriptor;
  }

  /**
   * Makes the device in the namespace of this process.
   *
   * @param name at most 15 characters
   */
  static Tap create(String name) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int descriptor = Math.toIntExact(call(OPEN, arena.allocateFrom("/dev/net/tun"), READ_WRITE));
      MemorySegment request = arena.allocate(REQUEST_BYTES);
      MemorySegment.copy(
          MemorySegment.ofArray(name.getBytes(StandardCharsets.US_ASCII)),
          0,
          request,
          0,
          name.length());
      request.set(ValueLayout.JAVA_SHORT, FLAGS_AT, TAP_WITHOUT_HEADER);
      if (descriptor < 0 || call(IOCTL, descriptor, TUNSETIFF, request) < 0) {
        throw new IOException("can't make the network device " + name);
      }
      return new Tap(descriptor);
    }
  }

  /**
   * Waits for a frame that the host sends.
   *
   * @param frame is filled
   * @return its length; -1 when the device is gone
   */
  int read(MemorySegment frame) {
    return (int) transfer(READ, frame, frame.byteSize());
  }

  /** Gives the host a frame; one that it can't take is lost, as on any network. */
  void write(MemorySegment frame, int length) {
    long _ = transfer(WRITE, frame, length);
  }

  private long transfer(MethodHandle function, MemorySegment frame, long length) {
    try {
      return (long) function.invokeExact(descriptor, frame, length);
    } catch (Throwable e) {
      throw notCallable(e);
    }
  }

  private static IllegalStateException notCallable(Throwable e) {
    return new IllegalStateException("a system call can't be made", e);
  }

  private static MethodHandle function(
      String name, FunctionDescriptor shape, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().find(name).orElseThrow(), shape, options);
  }

  private static long call(MethodHandle function, Object... arguments) {
    try {
      return ((Number) function.invokeWithArguments(arguments)).longValue();
    } catch (Throwable e) {
      throw notCallable(e);
    }
  }
}
