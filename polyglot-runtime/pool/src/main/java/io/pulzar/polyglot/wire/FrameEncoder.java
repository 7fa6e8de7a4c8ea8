package io.pulzar.polyglot.wire;

import io.pulzar.polyglot.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns messages into frames, one after the other, in a buffer that it keeps. */
final class FrameEncoder {

  /** A buffer that one large message made bigger than this is not kept. */
  private static final int KEPT_BYTES = 256 * 1024;

  private byte[] buffer = new byte[1024];
  private int length;

  byte[] buffer() {
    return buffer;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
    if (buffer.length > KEPT_BYTES) {
      buffer = new byte[1024];
    }
  }

  /**
   * Appends one frame.
   *
   * @throws ProtocolException when it would be longer than a frame may be; what was appended before
   *     it stays
   */
  void append(Message message) throws ProtocolException {
    int start = length;
    putInt(0);
    try {
      putMessage(message);
      int size = length - start - Integer.BYTES;
      if (size > MessageReader.MAX_FRAME_BYTES) {
        throw tooLong(size);
      }
      setInt(start, size);
    } catch (ProtocolException e) {
      length = start;
      throw e;
    }
  }

  private void putMessage(Message message) throws ProtocolException {
    switch (message) {
      case Message.Start start -> putStart(start);
      case Message.Cancel cancel -> {
        putOneOf(FrameType.CANCEL);
        putLong(cancel.run());
      }
      case Message.HostResult result -> {
        putOneOf(FrameType.HOST_RESULT);
        putLong(result.run());
        putInt(result.call());
        putString(result.json());
      }
      case Message.Ready ready -> {
        putOneOf(FrameType.READY);
        putBoolean(ready.compiled());
        putString(ready.version());
      }
      case Message.Started started -> {
        putOneOf(FrameType.STARTED);
        putLong(started.run());
      }
      case Message.Log log -> {
        putOneOf(FrameType.LOG);
        putLong(log.run());
        putString(log.text());
      }
      case Message.Output output -> {
        putOneOf(FrameType.OUTPUT);
        putLong(output.run());
        putString(output.part());
      }
      case Message.HostCall call -> {
        putOneOf(FrameType.HOST_CALL);
        putLong(call.run());
        putInt(call.call());
        putString(call.name());
        putString(call.json());
      }
      case Message.Ended ended -> putEnded(ended);
      case Message.Prepare prepare -> {
        putOneOf(FrameType.PREPARE);
        putString(prepare.root());
        putString(prepare.name());
        putOneOf(prepare.entry());
        putBoolean(prepare.network());
        putLong(prepare.timeoutMillis());
      }
      case Message.Prepared prepared -> {
        putOneOf(FrameType.PREPARED);
        putString(prepared.problem());
        putStrings(prepared.keptScripts());
      }
    }
  }

  private void putStart(Message.Start start) throws ProtocolException {
    putOneOf(FrameType.START);
    putLong(start.run());
    putString(start.root());
    putString(start.name());
    putOneOf(start.entry());
    putString(start.arguments());
    putString(start.scratch());
    putString(start.input());
    putOneOf(start.isolation());
    putLong(start.timeoutMillis());
    putLong(start.memoryBytes());
    putLong(start.scratchBytes());
    putLong(start.outputBytes());
    putBoolean(start.network());
    putInt(start.maxRunsPerContext());
    putString(start.secrets());
    putString(start.variables());
  }

  private void putEnded(Message.Ended ended) throws ProtocolException {
    putOneOf(FrameType.ENDED);
    putLong(ended.run());
    putOutcome(ended.outcome());
    putLong(ended.cpuNanos());
    putLong(ended.peakBytes());
    putBoolean(ended.reusable());
    putStrings(ended.keptScripts());
  }

  private void putOutcome(Outcome outcome) throws ProtocolException {
    switch (outcome) {
      case Outcome.Completed completed -> {
        putOneOf(OutcomeType.COMPLETED);
        putString(completed.value());
      }
      case Outcome.Raised raised -> {
        putOneOf(OutcomeType.RAISED);
        putString(raised.type());
        putString(raised.message());
        putString(raised.traceback());
      }
      case Outcome.TimedOut timedOut -> {
        putOneOf(OutcomeType.TIMED_OUT);
        putLong(timedOut.limit().toMillis());
      }
      case Outcome.OutOfMemory outOfMemory -> {
        putOneOf(OutcomeType.OUT_OF_MEMORY);
        putLong(outOfMemory.limitBytes());
      }
      case Outcome.OutputLimit outputLimit -> {
        putOneOf(OutcomeType.OUTPUT_LIMIT);
        putLong(outputLimit.limitBytes());
      }
      case Outcome.Crashed crashed -> {
        putOneOf(OutcomeType.CRASHED);
        putString(crashed.reason());
      }
      case Outcome.Canceled ignored -> putOneOf(OutcomeType.CANCELED);
    }
  }

  private void putStrings(List<String> texts) throws ProtocolException {
    putInt(texts.size());
    for (String text : texts) {
      putString(text);
    }
  }

  private void putString(@Nullable String text) throws ProtocolException {
    if (text == null) {
      putInt(-1);
      return;
    }
    if (text.length() > MessageReader.MAX_FRAME_BYTES) {
      throw tooLong(text.length());
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    putInt(utf8.length);
    ensure(utf8.length);
    System.arraycopy(utf8, 0, buffer, length, utf8.length);
    length += utf8.length;
  }

  // Both ends of the wire are always the same build, so the order of a type is the same for both.
  @SuppressWarnings("EnumOrdinal")
  private void putOneOf(Enum<?> value) {
    putByte(value.ordinal());
  }

  private void putBoolean(boolean value) {
    putByte(value ? 1 : 0);
  }

  private void putByte(int value) {
    ensure(1);
    buffer[length++] = (byte) value;
  }

  private void putInt(int value) {
    ensure(Integer.BYTES);
    setInt(length, value);
    length += Integer.BYTES;
  }

  private void putLong(long value) {
    putInt((int) (value >>> 32));
    putInt((int) value);
  }

  private void setInt(int at, int value) {
    buffer[at] = (byte) (value >>> 24);
    buffer[at + 1] = (byte) (value >>> 16);
    buffer[at + 2] = (byte) (value >>> 8);
    buffer[at + 3] = (byte) value;
  }

  private void ensure(int more) {
    if (buffer.length - length < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }

  private static ProtocolException tooLong(long size) {
    return new ProtocolException(
        "a message of "
            + size
            + " bytes does not fit into a frame of at most "
            + MessageReader.MAX_FRAME_BYTES);
  }
}
