package io.pulzar.records;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends texts one after the other, as fast as the client reads them and no faster. Where they come
 * from is opened when somebody reads: an answer to HEAD is never read, and nobody would close it.
 */
final class ByteStream implements Publisher<byte[]> {

  private static final Logger LOG = LoggerFactory.getLogger(ByteStream.class);

  /** Where the texts come from. */
  interface Source extends AutoCloseable {

    /** The next text; empty at the end. Not called again before it completed. */
    CompletionStage<Optional<String>> next();

    @Override
    default void close() {}
  }

  private final Supplier<? extends Source> sources;

  ByteStream(Supplier<? extends Source> sources) {
    this.sources = sources;
  }

  @Override
  public void subscribe(Subscriber<? super byte[]> client) {
    client.onSubscribe(new Sending(client, sources.get()));
  }

  private static final class Sending implements Subscription {

    private final Subscriber<? super byte[]> client;
    private final Source source;
    private final AtomicLong wanted = new AtomicLong();
    private volatile boolean over;

    Sending(Subscriber<? super byte[]> client, Source source) {
      this.client = client;
      this.source = source;
    }

    @Override
    public void request(long more) {
      if (wanted.getAndAccumulate(more, Sending::plus) == 0) {
        send();
      }
    }

    @Override
    public void cancel() {
      over = true;
      source.close();
    }

    /** One text is under way at a time: only the request that finds nothing wanted starts it. */
    private void send() {
      if (over) {
        return;
      }
      var _ =
          source
              .next()
              .whenCompleteAsync(
                  (text, failure) -> {
                    if (over) {
                      return;
                    }
                    if (failure != null) {
                      LOG.debug("a stream of records ended", failure);
                      end();
                      client.onError(failure);
                    } else if (text.isEmpty()) {
                      end();
                      client.onComplete();
                    } else {
                      client.onNext(text.get().getBytes(StandardCharsets.UTF_8));
                      if (wanted.decrementAndGet() > 0) {
                        send();
                      }
                    }
                  },
                  Thread::startVirtualThread);
    }

    private void end() {
      over = true;
      source.close();
    }

    private static long plus(long before, long more) {
      return Long.MAX_VALUE - before < more ? Long.MAX_VALUE : before + more;
    }
  }
}
