package io.pulzar.polyglot.wire;

import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.Script;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the fields of one message out of the bytes of its frame. */
final class FrameDecoder {

  private static final FrameType[] FRAME_TYPES = FrameType.values();
  private static final OutcomeType[] OUTCOME_TYPES = OutcomeType.values();
  private static final Script.Entry[] ENTRIES = Script.Entry.values();
  private static final Isolation[] ISOLATIONS = Isolation.values();

  private final byte[] frame;
  private int position;

  FrameDecoder(byte[] frame) {
    this.frame = frame;
  }

  Message takeMessage() throws ProtocolException {
    Message message =
        switch (takeOneOf(FRAME_TYPES, "frame")) {
          case START -> takeStart();
          case CANCEL -> new Message.Cancel(takeLong());
          case HOST_RESULT -> new Message.HostResult(takeLong(), takeInt(), takeString());
          case READY -> new Message.Ready(takeBoolean(), takeString());
          case STARTED -> new Message.Started(takeLong());
          case LOG -> new Message.Log(takeLong(), takeString());
          case OUTPUT -> new Message.Output(takeLong(), takeString());
          case HOST_CALL -> new Message.HostCall(takeLong(), takeInt(), takeString(), takeString());
          case ENDED -> takeEnded();
          case PREPARE ->
              new Message.Prepare(
                  takeString(),
                  takeString(),
                  takeOneOf(ENTRIES, "entry"),
                  takeBoolean(),
                  takeLong());
          case PREPARED -> new Message.Prepared(takeString(), takeStrings());
        };
    if (position != frame.length) {
      throw new ProtocolException(
          "%d bytes are left over at the end of a frame".formatted(frame.length - position));
    }
    return message;
  }

  private Message.Start takeStart() throws ProtocolException {
    return new Message.Start(
        takeLong(),
        takeString(),
        takeString(),
        takeOneOf(ENTRIES, "entry"),
        takeString(),
        takeString(),
        takeNullableString(),
        takeOneOf(ISOLATIONS, "isolation"),
        takeLong(),
        takeLong(),
        takeLong(),
        takeLong(),
        takeBoolean(),
        takeInt(),
        takeString(),
        takeString());
  }

  private Message.Ended takeEnded() throws ProtocolException {
    return new Message.Ended(
        takeLong(), takeOutcome(), takeLong(), takeLong(), takeBoolean(), takeStrings());
  }

  private Outcome takeOutcome() throws ProtocolException {
    return switch (takeOneOf(OUTCOME_TYPES, "outcome")) {
      case COMPLETED -> new Outcome.Completed(takeString());
      case RAISED -> new Outcome.Raised(takeString(), takeString(), takeString());
      case TIMED_OUT -> new Outcome.TimedOut(Duration.ofMillis(takeLong()));
      case OUT_OF_MEMORY -> new Outcome.OutOfMemory(takeLong());
      case OUTPUT_LIMIT -> new Outcome.OutputLimit(takeLong());
      case CRASHED -> new Outcome.Crashed(takeString());
      case CANCELED -> new Outcome.Canceled();
    };
  }

  private List<String> takeStrings() throws ProtocolException {
    int count = takeInt();
    // Each string takes four bytes at least, so a count alone cannot make us reserve memory.
    if (count < 0 || count > (frame.length - position) / Integer.BYTES) {
      throw new ProtocolException("a frame cannot hold a list of %d strings".formatted(count));
    }
    List<String> strings = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      strings.add(takeString());
    }
    return strings;
  }

  private String takeString() throws ProtocolException {
    String text = takeNullableString();
    if (text == null) {
      throw new ProtocolException("a string that must be there is absent");
    }
    return text;
  }

  private @Nullable String takeNullableString() throws ProtocolException {
    int size = takeInt();
    if (size == -1) {
      return null;
    }
    if (size < 0 || size > frame.length - position) {
      throw new ProtocolException("a string of %d bytes is not within its frame".formatted(size));
    }
    String text = new String(frame, position, size, StandardCharsets.UTF_8);
    // The constructor is fast but puts U+FFFD in place of what is no UTF-8.
    if (text.indexOf('\uFFFD') >= 0) {
      checkUtf8(size);
    }
    position += size;
    return text;
  }

  private void checkUtf8(int size) throws ProtocolException {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(frame, position, size));
    } catch (CharacterCodingException e) {
      throw new ProtocolException("a string is not UTF-8: " + e.getMessage());
    }
  }

  private <E extends Enum<E>> E takeOneOf(E[] values, String what) throws ProtocolException {
    int ordinal = takeByte();
    if (ordinal < 0 || ordinal >= values.length) {
      throw new ProtocolException("there is no %s %d".formatted(what, ordinal));
    }
    return values[ordinal];
  }

  private boolean takeBoolean() throws ProtocolException {
    int value = takeByte();
    if (value < 0 || value > 1) {
      throw new ProtocolException("%d is neither true nor false".formatted(value));
    }
    return value == 1;
  }

  private int takeByte() throws ProtocolException {
    need(1);
    return frame[position++];
  }

  int takeInt() throws ProtocolException {
    need(Integer.BYTES);
    int value =
        (frame[position] & 0xFF) << 24
            | (frame[position + 1] & 0xFF) << 16
            | (frame[position + 2] & 0xFF) << 8
            | (frame[position + 3] & 0xFF);
    position += Integer.BYTES;
    return value;
  }

  private long takeLong() throws ProtocolException {
    return (long) takeInt() << 32 | (takeInt() & 0xFFFF_FFFFL);
  }

  private void need(int bytes) throws ProtocolException {
    if (frame.length - position < bytes) {
      throw new ProtocolException("a frame ended within its fields");
    }
  }
}
