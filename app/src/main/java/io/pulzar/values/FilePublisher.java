package io.pulzar.values;

import io.micronaut.buffer.netty.NettyReadBufferFactory;
import io.micronaut.core.io.buffer.ReadBuffer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams a value's blocks as fast as the client takes them, reading on an executor where that may
 * block. For one subscriber. When a block turns out damaged the stream fails, which cuts the
 * connection: the client sees fewer bytes than were announced, and never a wrong one.
 */
final class FilePublisher implements Publisher<ReadBuffer> {

  private static final Logger LOG = LoggerFactory.getLogger(FilePublisher.class);

  private final VerifiedBytes file;
  private final String name;
  private final ByteBufAllocator memory = ByteBufAllocator.DEFAULT;
  private final NettyReadBufferFactory buffers = NettyReadBufferFactory.of(memory);
  private final Executor disk;

  /**
   * @param file is closed at the end, also when the client goes away
   * @param name for the log
   */
  FilePublisher(VerifiedBytes file, String name, Executor disk) {
    this.file = file;
    this.name = name;
    this.disk = disk;
  }

  @Override
  public void subscribe(Subscriber<? super ReadBuffer> subscriber) {
    subscriber.onSubscribe(new Reading(subscriber));
  }

  private final class Reading implements Subscription {

    private final Subscriber<? super ReadBuffer> subscriber;
    private final AtomicLong demand = new AtomicLong();
    private final AtomicBoolean running = new AtomicBoolean();
    private @Nullable ByteBuf ahead;
    private volatile boolean canceled;
    private volatile boolean ended;

    Reading(Subscriber<? super ReadBuffer> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void request(long count) {
      demand.getAndUpdate(present -> present + count < 0 ? Long.MAX_VALUE : present + count);
      start();
    }

    @Override
    public void cancel() {
      canceled = true;
      start();
    }

    private void start() {
      if (!ended && running.compareAndSet(false, true)) {
        disk.execute(this::run);
      }
    }

    private void run() {
      try {
        while (!canceled && !ended && demand.get() > 0) {
          ByteBuf block = ahead == null ? read() : ahead;
          ahead = null;
          if (block == null) {
            end();
            subscriber.onComplete();
          } else {
            demand.decrementAndGet();
            subscriber.onNext(buffers.adapt(block));
            ahead = read(); // While the block is on its way.
          }
        }
      } catch (IOException e) {
        LOG.error(
            "value {} {}: {}; the answer was cut off",
            name,
            e instanceof DamagedValueException ? "is damaged" : "can't be read to its end",
            e.getMessage());
        end();
        subscriber.onError(e);
      }
      if (canceled && !ended) {
        end();
      }
      running.set(false);
      if (!ended && (canceled || demand.get() > 0)) {
        start();
      }
    }

    private @Nullable ByteBuf read() throws IOException {
      ByteBuf block = memory.directBuffer(BlockChecksums.BLOCK);
      boolean filled = false;
      try {
        ByteBuffer bytes = block.nioBuffer(0, BlockChecksums.BLOCK);
        filled = file.next(bytes);
        block.setIndex(bytes.position(), bytes.limit());
        return filled ? block : null;
      } finally {
        if (!filled) {
          block.release();
        }
      }
    }

    private void end() {
      ended = true;
      if (ahead != null) {
        ahead.release();
        ahead = null;
      }
      try {
        file.close();
      } catch (IOException e) {
        LOG.warn("closing the file of value {} failed: {}", name, e.getMessage());
      }
    }
  }
}
