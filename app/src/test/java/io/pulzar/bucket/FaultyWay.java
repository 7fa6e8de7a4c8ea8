package io.pulzar.bucket;

import io.pulzar.Relay;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The way to a bucket, which goes wrong where a test wants it to. */
public final class FaultyWay implements AutoCloseable {

  /** What happens to a request. */
  public enum Fault {
    /** The connection is lost before the server has heard of it. */
    CUT_BEFORE,

    /** It is lost when half of what the client sends has been passed on. */
    CUT_WITHIN,

    /** The server has done it, and its answer does not arrive. */
    CUT_AFTER,

    /** Half of the answer arrives, and then the connection is lost. */
    CUT_ANSWER,

    /** Nothing arrives any more, and the connection stays. */
    SILENCE,

    /** It is answered with 503 in the server's place. */
    BUSY,

    /** It is answered with 500 in the server's place. */
    ERROR,

    /** It is answered with 403 in the server's place. */
    FORBIDDEN
  }

  private record Plan(Pattern request, Fault fault, AtomicInteger times) {

    boolean takes(String head) {
      return request.matcher(head).find() && times.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }
  }

  private static final Pattern REQUEST =
      Pattern.compile("\\A(GET|PUT|POST|DELETE|HEAD) \\S+ HTTP/1");

  private final Relay relay;
  private final AtomicReference<Plan> plan =
      new AtomicReference<>(new Plan(Pattern.compile("never"), Fault.BUSY, new AtomicInteger()));
  private final AtomicInteger hits = new AtomicInteger();

  public FaultyWay(int target) {
    this.relay = new Relay(target, Pair::new);
  }

  public int port() {
    return relay.port();
  }

  /**
   * What is to go wrong next.
   *
   * @param request a part of the first line, as a pattern
   * @param times how often
   */
  public void plan(String request, Fault fault, int times) {
    hits.set(0);
    plan.set(new Plan(Pattern.compile(request), fault, new AtomicInteger(times)));
  }

  /** How often it did. */
  public int hits() {
    return hits.get();
  }

  /** Whether nobody gets through at all. */
  public void down(boolean now) {
    relay.down(now);
  }

  @Override
  public void close() {
    relay.close();
  }

  private final class Pair implements Relay.Way {

    private final Socket client;
    private final Socket server;
    private volatile @Nullable Fault fault;

    Pair(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    @Override
    public void up() {
      byte[] piece = new byte[64 << 10];
      try (client;
          server) {
        for (int length = client.getInputStream().read(piece);
            length >= 0;
            length = client.getInputStream().read(piece)) {
          if (!passUp(piece, length)) {
            return;
          }
        }
      } catch (IOException closed) {
        // The other direction closed both.
      }
    }

    /** Whether the connection goes on. */
    private boolean passUp(byte[] piece, int length) throws IOException {
      String head = new String(piece, 0, Math.min(length, 2_000), StandardCharsets.ISO_8859_1);
      Plan next = Objects.requireNonNull(plan.get());
      if (REQUEST.matcher(head).find() && next.takes(head)) {
        hits.incrementAndGet();
        fault = next.fault();
      }
      Fault now = fault;
      if (now == null) {
        server.getOutputStream().write(piece, 0, length);
        return true;
      }
      return switch (now) {
        case CUT_BEFORE -> false;
        case CUT_WITHIN -> {
          server.getOutputStream().write(piece, 0, Math.max(1, length / 2));
          yield false;
        }
        case BUSY -> answer("503 Slow Down");
        case ERROR -> answer("500 Internal Server Error");
        case FORBIDDEN -> answer("403 Forbidden");
        case CUT_AFTER, CUT_ANSWER, SILENCE -> {
          server.getOutputStream().write(piece, 0, length);
          yield true;
        }
      };
    }

    private boolean answer(String status) throws IOException {
      client
          .getOutputStream()
          .write(
              ("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.ISO_8859_1));
      client.shutdownOutput();
      // What is still being sent must not lead to a reset, which would swallow the answer.
      long _ = client.getInputStream().transferTo(OutputStream.nullOutputStream());
      return false;
    }

    @Override
    public void down() {
      byte[] piece = new byte[64 << 10];
      try {
        for (int length = server.getInputStream().read(piece);
            length >= 0;
            length = server.getInputStream().read(piece)) {
          if (fault == Fault.SILENCE) {
            continue;
          }
          if (fault == Fault.CUT_AFTER || fault == Fault.CUT_WITHIN) {
            // Nor what the server says of half a request.
            break;
          }
          if (fault == Fault.CUT_ANSWER) {
            client.getOutputStream().write(piece, 0, Math.max(1, length / 2));
            break;
          }
          client.getOutputStream().write(piece, 0, length);
        }
        client.close();
        server.close();
      } catch (IOException closed) {
        // The other direction closed both.
      }
    }
  }
}
