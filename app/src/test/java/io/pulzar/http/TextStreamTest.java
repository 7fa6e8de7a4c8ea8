package io.pulzar.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/** Texts one after the other, at the reader's pace. */
final class TextStreamTest {

  /** Three texts, and how often it was asked and closed. */
  private static class Numbers implements TextStream.Source {

    final AtomicInteger asked = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();

    @Override
    public CompletionStage<Optional<String>> next() {
      int number = asked.incrementAndGet();
      return CompletableFuture.completedFuture(
          number > 3 ? Optional.empty() : Optional.of("text %d".formatted(number)));
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  private static final class Reader extends BaseSubscriber<byte[]> {

    final Queue<String> read = new ConcurrentLinkedQueue<>();

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
      // Asks when the test says so.
    }

    @Override
    protected void hookOnNext(byte[] text) {
      read.add(new String(text, StandardCharsets.UTF_8));
    }
  }

  @Test
  void allTextsComeInOrderAndThenTheSourceIsClosedOnce() {
    Numbers numbers = new Numbers();
    List<byte[]> all = Flux.from(TextStream.of(() -> numbers)).collectList().block();
    assertThat(all)
        .extracting(text -> new String(text, StandardCharsets.UTF_8))
        .containsExactly("text 1", "text 2", "text 3");
    Await.until("it is closed", () -> numbers.closed.get() == 1);
  }

  @Test
  void nothingIsOpenedBeforeSomebodyReads() {
    AtomicInteger opened = new AtomicInteger();
    var stream =
        TextStream.of(
            () -> {
              opened.incrementAndGet();
              return new Numbers();
            });
    assertThat(opened).hasValue(0);
    assertThat(Flux.from(stream).blockFirst()).isNotNull();
    assertThat(opened).hasValue(1);
  }

  @Test
  void aSlowReaderIsAtMostOneTextBehind() {
    Numbers numbers = new Numbers();
    Reader reader = new Reader();
    TextStream.of(() -> numbers).subscribe(reader);
    reader.request(1);
    Await.until("one is read", () -> reader.read.size() == 1);
    Await.until("another is there", () -> numbers.asked.get() == 2);
    assertThat(reader.read).containsExactly("text 1");
    reader.request(1);
    Await.until("two are read", () -> reader.read.size() == 2);
    assertThat(numbers.asked.get()).isLessThanOrEqualTo(3);
    reader.cancel();
  }

  @Test
  void whoGoesAwayWhileATextIsWaitedForClosesTheSourceAtOnce() {
    CompletableFuture<Optional<String>> never = new CompletableFuture<>();
    Numbers silent =
        new Numbers() {
          @Override
          public CompletionStage<Optional<String>> next() {
            asked.incrementAndGet();
            return never;
          }
        };
    Reader reader = new Reader();
    TextStream.of(() -> silent).subscribe(reader);
    reader.request(1);
    Await.until("it is asked", () -> silent.asked.get() == 1);
    reader.cancel();
    Await.until("it is closed", () -> silent.closed.get() == 1);
  }
}
