package io.pulzar.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Answers that are texts one after the other, each sent when the client has read those before. */
public final class TextStream {

  private static final Logger LOG = LoggerFactory.getLogger(TextStream.class);

  /** Whoever completes a text, as the thread that writes to the disk does, need not send it. */
  private static final Scheduler SENDERS = Schedulers.fromExecutor(Thread::startVirtualThread);

  /** Where the texts come from. */
  public interface Source extends AutoCloseable {

    /** The next text; empty at the end. Not called again before it completed. */
    CompletionStage<Optional<String>> next();

    /** Nobody asks any more; a text that is waited for may complete with anything. */
    @Override
    default void close() {}
  }

  private TextStream() {}

  /**
   * Bytes of UTF-8. One text is asked for ahead.
   *
   * @param sources opens one for each reader, when it reads: an answer to HEAD is never read, and
   *     nobody would close it
   */
  public static Publisher<byte[]> of(Supplier<? extends Source> sources) {
    return Flux.using(sources::get, TextStream::texts, Source::close)
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .doOnError(failure -> LOG.debug("a stream of texts ended", failure));
  }

  private static Flux<String> texts(Source source) {
    return Flux.<CompletionStage<Optional<String>>>generate(sink -> sink.next(source.next()))
        .concatMap(next -> Mono.fromCompletionStage(next).publishOn(SENDERS), 0)
        .takeWhile(Optional::isPresent)
        .map(Optional::orElseThrow);
  }
}
