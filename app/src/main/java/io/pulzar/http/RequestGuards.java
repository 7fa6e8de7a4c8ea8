package io.pulzar.http;

import com.sun.management.UnixOperatingSystemMXBean;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateHandler;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a guard into every connection, and counts them. */
@Singleton
final class RequestGuards implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {

  private static final Logger LOG = LoggerFactory.getLogger(RequestGuards.class);
  private static final String CODEC = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;

  /** Of the process: for databases, values, workers. */
  private static final long OTHER_FILES = 512;

  private final Duration patience;
  private final long slowest;
  private final Duration idle;
  private final int most;
  private final AtomicInteger connections = new AtomicInteger();

  RequestGuards(Settings settings) {
    this.patience = settings.get(ServerSettings.PATIENCE);
    this.slowest = settings.get(ServerSettings.SLOWEST);
    this.idle = settings.get(ServerSettings.IDLE);
    this.most = (int) Math.min(settings.get(ServerSettings.CONNECTIONS), room());
  }

  /** Half of what the system leaves, because master and node may be one process. */
  private static long room() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? Math.max(8, (system.getMaxFileDescriptorCount() - OTHER_FILES) / 2)
        : Integer.MAX_VALUE;
  }

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    NettyServerCustomizer.Registry registry = event.getBean();
    registry.register(
        new NettyServerCustomizer() {
          @Override
          public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
            return new Installing(channel);
          }
        });
    return registry;
  }

  private void guard(Channel channel) {
    boolean crowded = connections.incrementAndGet() > most;
    channel.closeFuture().addListener(closed -> connections.decrementAndGet());
    if (crowded) {
      LOG.debug("more than {} connections", most);
    }
    ArrivalClock clock = new ArrivalClock(patience, slowest, idle, System.nanoTime());
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.addBefore(
        CODEC,
        "taken",
        new IdleStateHandler(true, 0, patience.toMillis(), 0, TimeUnit.MILLISECONDS));
    pipeline.addBefore(CODEC, "arrival", new Arrival(clock));
    pipeline.addAfter(CODEC, "request-guard", new RequestGuard(clock, crowded));
  }

  private final class Installing implements NettyServerCustomizer {

    private final Channel channel;

    Installing(Channel channel) {
      this.channel = channel;
    }

    @Override
    public NettyServerCustomizer specializeForChannel(Channel next, ChannelRole role) {
      return new Installing(next);
    }

    @Override
    public void onStreamPipelineBuilt() {
      guard(channel);
    }
  }

  /** Sees the bytes of a request before the decoder has made something of them. */
  private static final class Arrival extends ChannelDuplexHandler {

    private final ArrivalClock clock;

    Arrival(ArrivalClock clock) {
      this.clock = clock;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof ByteBuf bytes) {
        clock.arrived(System.nanoTime(), bytes.readableBytes());
      }
      context.fireChannelRead(message);
    }

    @Override
    public void read(ChannelHandlerContext context) {
      clock.waits(System.nanoTime());
      context.read();
    }
  }
}
