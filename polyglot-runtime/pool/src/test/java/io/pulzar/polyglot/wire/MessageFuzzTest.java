package io.pulzar.polyglot.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.Script;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for any message, and for any bytes. */
final class MessageFuzzTest {

  @Test
  void anyMessageSurvivesTheWire() {
    Cases.each(
        500,
        seed -> {
          List<Message> messages = messages(random(seed));
          MessageReader reader = new MessageReader(new ByteArrayInputStream(written(messages)));
          for (Message message : messages) {
            assertThat(reader.read()).isEqualTo(message);
          }
          assertThat(reader.read()).isNull();
        });
  }

  @Test
  void aTruncatedMessageIsRefused() {
    Cases.each(
        500,
        seed -> {
          Random random = random(seed);
          byte[] whole = written(List.of(message(random)));
          byte[] part = Arrays.copyOf(whole, random.nextInt(1, whole.length));
          assertThatThrownBy(() -> new MessageReader(new ByteArrayInputStream(part)).read())
              .isInstanceOf(ProtocolException.class);
        });
  }

  @Test
  void aFlippedBitIsReadAsAMessageOrRefused() {
    Cases.each(
        2000,
        seed -> {
          Random random = random(seed);
          byte[] bytes = written(List.of(message(random)));
          int bit = random.nextInt(bytes.length * 8);
          bytes[bit / 8] ^= (byte) (1 << bit % 8);
          readAllOrBeRefused(bytes);
        });
  }

  @Test
  void anyBytesAreReadAsMessagesOrRefused() {
    Cases.each(
        2000,
        seed -> {
          readAllOrBeRefused(bytes(random(seed)));
        });
  }

  @Test
  void anyFrameOfAnyKindIsReadAsAMessageOrRefused() {
    Cases.each(
        1000,
        seed -> {
          Random random = random(seed);
          int kind = random.nextInt(15);
          byte[] fields = bytes(random);
          ByteArrayOutputStream frame = new ByteArrayOutputStream();
          int length = fields.length + 1;
          frame.write(new byte[] {0, 0, (byte) (length >> 8), (byte) length, (byte) kind});
          frame.write(fields);
          readAllOrBeRefused(frame.toByteArray());
        });
  }

  private static void readAllOrBeRefused(byte[] bytes) throws IOException {
    MessageReader reader = new MessageReader(new ByteArrayInputStream(bytes));
    try {
      for (Message message = reader.read(); message != null; message = reader.read()) {
        // A message that was accepted can be written again.
        assertThat(written(List.of(message))).isNotEmpty();
      }
    } catch (ProtocolException e) {
      assertThat(e).hasMessageMatching(".+");
    }
  }

  private static byte[] written(List<Message> messages) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new MessageWriter(bytes).writeAll(messages);
    return bytes.toByteArray();
  }

  private static List<Message> messages(Random random) {
    return some(random, 6, MessageFuzzTest::message);
  }

  private static Message message(Random random) {
    return switch (random.nextInt(9)) {
      case 0 -> start(random);
      case 1 ->
          new Message.HostCall(random.nextLong(), random.nextInt(), text(random), text(random));
      case 2 -> new Message.HostResult(random.nextLong(), random.nextInt(), text(random));
      case 3 -> new Message.Log(random.nextLong(), text(random));
      case 4 -> new Message.Output(random.nextLong(), text(random));
      case 5 -> new Message.Ready(random.nextBoolean(), text(random));
      case 6 ->
          new Message.Prepare(
              text(random),
              text(random),
              anyOf(random, List.of(Script.Entry.values())),
              random.nextBoolean(),
              random.nextLong());
      case 7 -> new Message.Prepared(text(random), some(random, 5, MessageFuzzTest::text));
      default ->
          new Message.Ended(
              random.nextLong(),
              outcome(random),
              random.nextLong(),
              random.nextLong(),
              random.nextBoolean(),
              some(random, 5, MessageFuzzTest::text));
    };
  }

  private static Message.Start start(Random random) {
    long number = random.nextLong();
    return new Message.Start(
        number,
        text(random),
        text(random),
        anyOf(random, List.of(Script.Entry.values())),
        text(random),
        "/scratch",
        random.nextBoolean() ? text(random) : null,
        anyOf(random, List.of(Isolation.values())),
        number + 1,
        number + 2,
        number + 3,
        number + 4,
        random.nextBoolean(),
        (int) number);
  }

  private static Outcome outcome(Random random) {
    return switch (random.nextInt(7)) {
      case 0 -> new Outcome.Completed(text(random));
      case 1 -> new Outcome.Raised(text(random), text(random), text(random));
      case 2 -> new Outcome.TimedOut(Duration.ofMillis(random.nextLong(Long.MAX_VALUE)));
      case 3 -> new Outcome.OutOfMemory(random.nextLong());
      case 4 -> new Outcome.OutputLimit(random.nextLong());
      case 5 -> new Outcome.Crashed(text(random));
      default -> new Outcome.Canceled();
    };
  }

  /** Half of a surrogate pair is no Unicode text and cannot be written as UTF-8. */
  private static String text(Random random) {
    return random
        .ints(random.nextInt(200), 0, 0x10000)
        .filter(character -> !Character.isSurrogate((char) character))
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static <T> List<T> some(Random random, int below, Function<Random, T> one) {
    return Stream.generate(() -> one.apply(random)).limit(random.nextInt(below)).toList();
  }

  private static <T> T anyOf(Random random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(random.nextBoolean() ? 20 : 300)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static Random random(int seed) {
    return new Random(seed);
  }
}
