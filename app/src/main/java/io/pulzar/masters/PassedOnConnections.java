package io.pulzar.masters;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.pulzar.http.ClientAddress;
import io.pulzar.link.ClusterKey;
import io.pulzar.roles.OnMaster;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the line with which a standby begins the connections that it passes on. */
@Singleton
@OnMaster
final class PassedOnConnections
    implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {

  private static final Logger LOG = LoggerFactory.getLogger(PassedOnConnections.class);

  private final ClientLine lines;
  private final AtomicBoolean warned = new AtomicBoolean();

  PassedOnConnections(ClusterKey key, Clock clock) {
    this.lines = new ClientLine(key, clock);
  }

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    NettyServerCustomizer.Registry registry = event.getBean();
    registry.register(
        new NettyServerCustomizer() {
          @Override
          public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
            return role == ChannelRole.CONNECTION ? new Installing(channel) : this;
          }
        });
    return registry;
  }

  private final class Installing implements NettyServerCustomizer {

    private final Channel connection;

    Installing(Channel connection) {
      this.connection = connection;
    }

    @Override
    public void onInitialPipelineBuilt() {
      connection.pipeline().addFirst("passed-on", new FirstLine());
    }
  }

  /** Leaves as soon as it has seen that a connection begins in another way. */
  private final class FirstLine extends ByteToMessageDecoder {

    private boolean refused;

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
      if (refused) {
        in.skipBytes(in.readableBytes());
        return;
      }
      int start = in.readerIndex();
      int known = Math.min(in.readableBytes(), ClientLine.BEGIN.length());
      for (int i = 0; i < known; i++) {
        if (in.getByte(start + i) != ClientLine.BEGIN.charAt(i)) {
          context.pipeline().remove(this);
          return;
        }
      }
      int length = in.bytesBefore(Math.min(in.readableBytes(), ClientLine.LONGEST), (byte) '\n');
      if (length >= 0) {
        String line = in.readCharSequence(length, StandardCharsets.US_ASCII).toString();
        in.skipBytes(1);
        begin(context, lines.read(line));
      } else if (in.readableBytes() >= ClientLine.LONGEST) {
        begin(context, Optional.empty());
      }
    }

    private void begin(ChannelHandlerContext context, Optional<ClientLine.Named> named) {
      if (named.isEmpty()) {
        LOG.debug("{} is no standby of this cluster", context.channel().remoteAddress());
        refused = true;
        var _ = context.close();
        return;
      }
      if (named.get().lately()) {
        ClientAddress.passOn(context.channel(), named.get().client());
      } else if (warned.compareAndSet(false, true)) {
        LOG.warn(
            "the clocks of this machine and of {} differ by more than a minute: requests that come"
                + " through it count as its own",
            context.channel().remoteAddress());
      }
      context.pipeline().remove(this);
    }
  }
}
