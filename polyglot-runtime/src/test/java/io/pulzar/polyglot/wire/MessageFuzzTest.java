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
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds for any message, and for any bytes. */
final class MessageFuzzTest {

  @Property(tries = 500)
  void anyMessageSurvivesTheWire(@ForAll("messages") List<Message> messages) throws IOException {
    MessageReader reader = new MessageReader(new ByteArrayInputStream(written(messages)));
    for (Message message : messages) {
      assertThat(reader.read()).isEqualTo(message);
    }
    assertThat(reader.read()).isNull();
  }

  @Property(tries = 500)
  void aTruncatedMessageIsRefused(@ForAll("message") Message message, @ForAll int cut)
      throws IOException {
    byte[] whole = written(List.of(message));
    byte[] part = Arrays.copyOf(whole, 1 + Math.floorMod(cut, whole.length - 1));
    assertThatThrownBy(() -> new MessageReader(new ByteArrayInputStream(part)).read())
        .isInstanceOf(ProtocolException.class);
  }

  @Property(tries = 2000)
  void aFlippedBitIsReadAsAMessageOrRefused(@ForAll("message") Message message, @ForAll int flip)
      throws IOException {
    byte[] bytes = written(List.of(message));
    int bit = Math.floorMod(flip, bytes.length * 8);
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
    readAllOrBeRefused(bytes);
  }

  @Property(tries = 2000)
  void anyBytesAreReadAsMessagesOrRefused(@ForAll byte[] bytes) throws IOException {
    readAllOrBeRefused(bytes);
  }

  @Property(tries = 1000)
  void anyFrameOfAnyKindIsReadAsAMessageOrRefused(
      @ForAll @IntRange(min = 0, max = 12) int kind, @ForAll byte[] fields) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    int length = fields.length + 1;
    frame.write(new byte[] {0, 0, (byte) (length >> 8), (byte) length, (byte) kind});
    frame.write(fields);
    readAllOrBeRefused(frame.toByteArray());
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

  @Provide
  Arbitrary<List<Message>> messages() {
    return message().list().ofMaxSize(5);
  }

  @Provide
  Arbitrary<Message> message() {
    return Arbitraries.oneOf(
        starts(),
        Combinators.combine(numbers(), Arbitraries.integers(), texts(), texts())
            .as(Message.HostCall::new),
        Combinators.combine(numbers(), Arbitraries.integers(), texts()).as(Message.HostResult::new),
        Combinators.combine(numbers(), texts()).as(Message.Log::new),
        Combinators.combine(numbers(), texts()).as(Message.Output::new),
        Combinators.combine(Arbitraries.of(true, false), texts()).as(Message.Ready::new),
        Combinators.combine(
                numbers(),
                outcomes(),
                numbers(),
                numbers(),
                Arbitraries.of(true, false),
                texts().list().ofMaxSize(4))
            .as(Message.Ended::new));
  }

  private Arbitrary<Message.Start> starts() {
    return Combinators.combine(
            numbers(),
            texts(),
            texts(),
            Arbitraries.of(Script.Entry.class),
            texts(),
            texts().injectNull(0.5),
            Arbitraries.of(Isolation.class),
            Arbitraries.of(true, false))
        .as(
            (number, root, name, entry, arguments, input, isolation, network) ->
                new Message.Start(
                    number,
                    root,
                    name,
                    entry,
                    arguments,
                    "/scratch",
                    input,
                    isolation,
                    number + 1,
                    number + 2,
                    network,
                    number.intValue()));
  }

  private Arbitrary<Outcome> outcomes() {
    return Arbitraries.oneOf(
        texts().map(Outcome.Completed::new),
        Combinators.combine(texts(), texts(), texts()).as(Outcome.Raised::new),
        Arbitraries.longs()
            .greaterOrEqual(0)
            .map(ms -> new Outcome.TimedOut(Duration.ofMillis(ms))),
        numbers().map(Outcome.OutOfMemory::new),
        numbers().map(Outcome.OutputLimit::new),
        texts().map(Outcome.Crashed::new),
        Arbitraries.just(new Outcome.Canceled()));
  }

  private Arbitrary<Long> numbers() {
    return Arbitraries.longs();
  }

  /** Half of a surrogate pair is no Unicode text and cannot be written as UTF-8. */
  private Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withCharRange('\u0000', '\uD7FF')
        .withCharRange('\uE000', '\uFFFF')
        .ofMaxLength(200);
  }
}
