package io.pulzar.polyglot.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.Script.Entry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class MessageCodecTest {

  private static final int READY = 3;
  private static final int STARTED = 4;

  private static final List<Message> ONE_OF_EACH =
      List.of(
          new Message.Start(
              1,
              "/jobs",
              "a/b",
              Entry.JOB,
              "{\"n\":5}",
              "/tmp/1",
              "/in",
              Isolation.WARM,
              1000,
              1 << 20,
              Long.MIN_VALUE,
              Long.MAX_VALUE,
              true,
              100,
              "{\"A\":\"b\"}",
              "{}"),
          new Message.Start(
              -1, "", "é", Entry.EXTENSION, "[]", "", null, Isolation.CLEAN, 0, 1, 2, -5, false, 0),
          new Message.Cancel(Long.MIN_VALUE),
          new Message.Prepare("/extensions", "ocr", Entry.EXTENSION, true, 30_000),
          new Message.Prepared("no module", List.of("a", "b")),
          new Message.HostResult(7, 3, "{\"ok\":null}"),
          new Message.Ready(true, "3.12.8"),
          new Message.Started(9),
          new Message.Log(9, "one\ntwo\n"),
          new Message.Output(9, "snow \u2603 and \uD83D\uDE00 and \uFFFD"),
          new Message.HostCall(9, Integer.MAX_VALUE, "keys.page", "{}"),
          ended(new Outcome.Completed("true")),
          ended(new Outcome.Raised("ValueError", "bad", "trace\n")),
          ended(new Outcome.TimedOut(Duration.ofMillis(1500))),
          ended(new Outcome.OutOfMemory(1 << 20)),
          ended(new Outcome.OutputLimit(5)),
          ended(new Outcome.Crashed("signal 9")),
          ended(new Outcome.Canceled()));

  @Test
  void everyKindOfMessageSurvivesTheWire() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    MessageWriter writer = new MessageWriter(bytes);
    for (Message message : ONE_OF_EACH) {
      writer.write(message);
    }
    assertThat(readAll(bytes.toByteArray())).isEqualTo(ONE_OF_EACH);
  }

  @Test
  void aBatchReadsAsItsMessages() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new MessageWriter(bytes).writeAll(ONE_OF_EACH);
    assertThat(readAll(bytes.toByteArray())).isEqualTo(ONE_OF_EACH);
  }

  @Test
  void theEndBetweenFramesIsClean() throws IOException {
    assertThat(new MessageReader(new ByteArrayInputStream(new byte[0])).read()).isNull();
  }

  @Test
  void aMessageTooLongForAFrameIsRefusedAndNothingIsWritten() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    MessageWriter writer = new MessageWriter(bytes);
    String huge = "x".repeat(MessageReader.MAX_FRAME_BYTES);

    assertThatThrownBy(() -> writer.write(new Message.Log(1, huge)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("does not fit");

    assertThat(bytes.size()).isZero();
    writer.write(new Message.Started(1));
    assertThat(readAll(bytes.toByteArray())).containsExactly(new Message.Started(1));
  }

  @Test
  void aFrameOfTheLargestSizeIsAccepted() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int fields = 1 + Long.BYTES + Integer.BYTES;
    Message.Log log = new Message.Log(1, "x".repeat(MessageReader.MAX_FRAME_BYTES - fields));
    new MessageWriter(bytes).write(log);
    assertThat(readAll(bytes.toByteArray())).containsExactly(log);
  }

  @Test
  void aWrongFrameIsRefusedWithItsReason() {
    assertRefused(frame(0), "0 bytes");
    assertRefused(frame(-1), "-1 bytes");
    assertRefused(frame(MessageReader.MAX_FRAME_BYTES + 1), "67108865 bytes");
    assertRefused(new byte[] {0, 0}, "within the length");
    assertRefused(frame(10, 1, 2, 3), "after 3 of the 10");
    assertRefused(frame(1, 99), "no frame 99");
    assertRefused(frame(1, -1), "no frame -1");
    assertRefused(frame(2, STARTED, 0), "within its fields");
    assertRefused(frame(10, STARTED, 0, 0, 0, 0, 0, 0, 0, 1, 5), "1 bytes are left");
    assertRefused(frame(2, READY, 2), "neither true nor false");
    assertRefused(frame(6, READY, 1, -1, -1, -1, -1), "absent");
    assertRefused(frame(6, READY, 1, 0x7F, 0, 0, 0), "not within its frame");
    assertRefused(frame(7, READY, 1, 0, 0, 0, 1, 0xC0), "not UTF-8");
  }

  @Test
  void messagesOfManyThreadsDoNotMix() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    MessageWriter writer = new MessageWriter(bytes);
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      int sender = t;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      go.await();
                      for (int i = 0; i < 500; i++) {
                        writer.write(new Message.Log(sender, "x".repeat(i)));
                      }
                    } catch (IOException | InterruptedException e) {
                      throw new AssertionError(e);
                    }
                  }));
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    int[] next = new int[4];
    for (Message message : readAll(bytes.toByteArray())) {
      Message.Log log = (Message.Log) message;
      assertThat(log.text()).hasSize(next[(int) log.run()]++);
    }
    assertThat(next).containsOnly(500);
  }

  private static Message.Ended ended(Outcome outcome) {
    return new Message.Ended(3, outcome, 12, 34, true, List.of("a", "b"));
  }

  private static byte[] frame(int length, int... rest) {
    ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES + rest.length).putInt(length);
    for (int value : rest) {
      buffer.put((byte) value);
    }
    return buffer.array();
  }

  private static void assertRefused(byte[] bytes, String reason) {
    assertThatThrownBy(() -> readAll(bytes))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining(reason);
  }

  private static List<Message> readAll(byte[] bytes) throws IOException {
    MessageReader reader = new MessageReader(new ByteArrayInputStream(bytes));
    List<Message> messages = new ArrayList<>();
    for (Message message = reader.read(); message != null; message = reader.read()) {
      messages.add(message);
    }
    return messages;
  }
}
