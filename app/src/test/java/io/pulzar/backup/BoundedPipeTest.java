package io.pulzar.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class BoundedPipeTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  @Test
  void whatIsWrittenIsReadAndWritingBeginsWithTheFirstRead() throws IOException {
    byte[] content = new byte[300_000];
    new Random(5).nextBytes(content);
    BoundedPipe pipe = new BoundedPipe(LONG);
    AtomicInteger begun = new AtomicInteger();
    try (InputStream in =
        pipe.in(
            () -> {
              begun.incrementAndGet();
              Thread.startVirtualThread(() -> write(pipe, content));
            })) {
      assertThat(begun).hasValue(0);
      assertThat(in.readAllBytes()).isEqualTo(content);
      assertThat(begun).hasValue(1);
    }
  }

  private static void write(BoundedPipe pipe, byte[] content) {
    try (OutputStream out = pipe.out()) {
      for (int at = 0; at < content.length; at += 1_000) {
        out.write(content, at, Math.min(1_000, content.length - at));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      pipe.end();
    }
  }

  @Test
  void aReaderThatStandsStillIsGivenUp() {
    BoundedPipe pipe = new BoundedPipe(Duration.ofMillis(20));
    assertThatThrownBy(
            () -> {
              while (true) {
                pipe.out().write(1);
              }
            })
        .hasMessage("the reader went away");
    assertThatThrownBy(() -> pipe.out().write(1)).hasMessage("the reader went away");
  }

  @Test
  void aReaderThatClosesEndsTheWriterAtOnce() throws IOException {
    BoundedPipe pipe = new BoundedPipe(LONG);
    pipe.in(() -> {}).close();
    assertThatThrownBy(() -> pipe.out().write(1)).hasMessage("the reader went away");
  }

  @Test
  void aWriterThatFailsMakesTheReaderFail() throws IOException {
    BoundedPipe pipe = new BoundedPipe(LONG);
    pipe.out().write(1);
    pipe.fail("it broke off");
    InputStream in = pipe.in(() -> {});
    assertThatThrownBy(in::read).hasMessage("it broke off");
  }
}
