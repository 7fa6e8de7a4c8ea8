package io.pulzar.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets through to the routes of a connection only what is a request, only while it is one, and only
 * as long as it goes on.
 *
 * <p>The decoder marks what it can't read and hands it over; the framework looks at the mark of a
 * head and not at those of a body, so that a body that breaks would count as complete. Here it
 * becomes an error of the body. A small request is held back until all of it is there, so that a
 * route which never looks at its body is not called for a broken one either; the body of a PUT is
 * streamed, and held back no longer than the packet that it is in.
 *
 * <p>After a failure nothing that follows on the connection can be told apart: it is closed behind
 * the answer.
 *
 * <p>Threading: one for each connection, on its event loop.
 */
final class RequestGuard extends ChannelDuplexHandler {

  private static final Logger LOG = LoggerFactory.getLogger(RequestGuard.class);

  private static final int SMALL = 64 << 10;
  private static final int LINGER_MILLIS = 1_000;

  /** A route whose request failed has so long to say so. */
  private static final int ANSWER_MILLIS = 10_000;

  private final ArrivalClock clock;
  private final boolean crowded;
  private final Queue<Object> held = new ArrayDeque<>();
  private int heldBytes;
  private boolean holding;

  /** Requests whose answers are not complete. */
  private int open;

  private boolean broken;
  private boolean informs;
  private boolean lingering;
  private @Nullable ScheduledFuture<?> look;

  /**
   * @param crowded whether there are too many connections, so that this one is refused
   */
  RequestGuard(ArrivalClock clock, boolean crowded) {
    this.clock = clock;
    this.crowded = crowded;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    if (crowded) {
      broken = true;
      answerAndClose(context, Faults.crowded());
    } else {
      lookLater(context);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (look != null) {
      look.cancel(false);
    }
    drop();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (broken) {
      ReferenceCountUtil.release(message);
    } else if (message instanceof HttpRequest head) {
      begin(context, head);
    } else if (message instanceof HttpContent content) {
      goOn(context, content);
    } else {
      context.fireChannelRead(message);
    }
  }

  private void begin(ChannelHandlerContext context, HttpRequest head) {
    open++;
    ClientAddress.tell(context.channel(), head.headers());
    ApiException fault = head.decoderResult().isFailure() ? null : Faults.of(head);
    if (fault != null) {
      head.setDecoderResult(DecoderResult.failure(new BrokenRequestException(fault, null)));
    }
    if (head.decoderResult().isFailure()) {
      broken = true;
      context.fireChannelRead(head);
    } else if (HttpUtil.is100ContinueExpected(head)) {
      context.fireChannelRead(head);
    } else {
      holding = !head.method().name().equals("PUT") && HttpUtil.getContentLength(head, 0L) <= SMALL;
      heldBytes = 0;
      held.add(head);
    }
  }

  private void goOn(ChannelHandlerContext context, HttpContent content) {
    if (content.decoderResult().isFailure()) {
      Throwable cause = content.decoderResult().cause();
      content.release();
      fail(context, new BrokenRequestException(Faults.bodyMalformed(), cause));
      return;
    }
    boolean last = content instanceof LastHttpContent;
    if (last) {
      clock.complete();
    }
    if (held.isEmpty()) {
      context.fireChannelRead(content);
      return;
    }
    held.add(content);
    heldBytes += content.content().readableBytes();
    if (last || heldBytes > SMALL) {
      release(context);
    }
  }

  /** Makes the request that is arriving fail, and is deaf to all that follows. */
  private void fail(ChannelHandlerContext context, BrokenRequestException failure) {
    broken = true;
    if (held.poll() instanceof HttpRequest head) {
      drop();
      head.setDecoderResult(DecoderResult.failure(failure));
      context.fireChannelRead(head);
      context.fireChannelReadComplete();
    } else if (open == 0) {
      close(context);
    } else {
      context.fireExceptionCaught(failure);
    }
  }

  private void release(ChannelHandlerContext context) {
    holding = false;
    for (Object next = held.poll(); next != null; next = held.poll()) {
      context.fireChannelRead(next);
    }
  }

  private void drop() {
    held.forEach(ReferenceCountUtil::release);
    held.clear();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (!holding) {
      release(context);
    }
    context.fireChannelReadComplete();
    if (lingering) {
      context.read();
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response) {
      informs = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
      if (broken && open == 1) {
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      }
    }
    boolean over = message instanceof LastHttpContent && !informs && --open == 0;
    if (over) {
      clock.answered(System.nanoTime());
    }
    ChannelFuture _ =
        over && broken
            ? context.write(message, promise.unvoid().addListener(sent -> linger(context)))
            : context.write(message, promise);
  }

  private void lookLater(ChannelHandlerContext context) {
    long left = clock.left(System.nanoTime());
    look = context.executor().schedule(() -> look(context), left + 1, TimeUnit.NANOSECONDS);
  }

  private void look(ChannelHandlerContext context) {
    if (clock.left(System.nanoTime()) > 0) {
      lookLater(context);
    } else if (broken || !clock.isArriving()) {
      close(context);
    } else if (open == 0) {
      broken = true;
      answerAndClose(context, Faults.slow());
    } else {
      fail(context, new BrokenRequestException(Faults.slow(), null));
      look =
          context.executor().schedule(() -> close(context), ANSWER_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** No byte of an answer was taken for a while. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof IdleStateEvent && hasUnsent(context.channel())) {
      LOG.debug("{} does not take its answer", context.channel().remoteAddress());
      close(context);
    }
    context.fireUserEventTriggered(event);
  }

  private static boolean hasUnsent(Channel channel) {
    ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
    return unsent != null && unsent.totalPendingWriteBytes() > 0;
  }

  /** A client that goes away is none of our faults. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException || cause instanceof DecoderException) {
      LOG.debug("the connection of {} broke", context.channel().remoteAddress(), cause);
      close(context);
    } else {
      context.fireExceptionCaught(cause);
    }
  }

  private void answerAndClose(ChannelHandlerContext context, ApiException refusal) {
    FullHttpResponse answer =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(refusal.status()),
            ByteBufUtil.writeUtf8(context.alloc(), Faults.json(refusal)));
    answer.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
    answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, answer.content().readableBytes());
    answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    ChannelFuture _ = context.writeAndFlush(answer).addListener(sent -> linger(context));
  }

  /**
   * Closes our side, and goes on reading for a moment what the client is still sending: it would
   * get a reset for that, and with it lose the answer.
   */
  private void linger(ChannelHandlerContext context) {
    if (!(context.channel() instanceof DuplexChannel channel)
        || context.pipeline().get(SslHandler.class) != null) {
      close(context);
      return;
    }
    lingering = true;
    ChannelFuture _ = channel.shutdownOutput();
    ScheduledFuture<?> end =
        context.executor().schedule(() -> close(context), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    channel.closeFuture().addListener(closed -> end.cancel(false));
    context.read();
  }

  private static void close(ChannelHandlerContext context) {
    ChannelFuture _ = context.close();
  }
}
