package io.pulzar.jobs;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what a {@link LogFollower} yields, as fast as the client reads it and no faster: the
 * follower is asked for an event only when the connection asked for one. It begins to listen when
 * somebody reads: an answer to HEAD is never read, and nobody would end it.
 */
final class EventStream implements Publisher<byte[]> {

  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

  private final Supplier<LogFollower> followers;
  private final Executor threads;

  /**
   * @param threads where the follower may block
   */
  EventStream(Supplier<LogFollower> followers, Executor threads) {
    this.followers = followers;
    this.threads = threads;
  }

  @Override
  public void subscribe(Subscriber<? super byte[]> client) {
    client.onSubscribe(new Sending(client, followers.get()));
  }

  private final class Sending implements Subscription {

    private final Subscriber<? super byte[]> client;
    private final LogFollower follower;
    private final AtomicLong wanted = new AtomicLong();
    private volatile boolean over;

    Sending(Subscriber<? super byte[]> client, LogFollower follower) {
      this.client = client;
      this.follower = follower;
    }

    @Override
    public void request(long more) {
      if (wanted.getAndAccumulate(more, Sending::plus) == 0) {
        threads.execute(this::send);
      }
    }

    @Override
    public void cancel() {
      over = true;
      follower.close();
    }

    /** Runs on one thread at a time: only the request that finds nothing wanted starts it. */
    private void send() {
      try {
        do {
          Optional<String> event = follower.next();
          if (over) {
            return;
          }
          if (event.isEmpty()) {
            over = true;
            follower.close();
            client.onComplete();
            return;
          }
          client.onNext(event.get().getBytes(StandardCharsets.UTF_8));
        } while (wanted.decrementAndGet() > 0);
      } catch (RuntimeException failure) {
        LOG.debug("a log stream ended", failure);
        follower.close();
        client.onError(failure);
      }
    }

    private static long plus(long before, long more) {
      return Long.MAX_VALUE - before < more ? Long.MAX_VALUE : before + more;
    }
  }
}
