package io.pulzar.storage.postgres;

import io.pulzar.Relay;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** Between a client and PostgreSQL; cuts a connection where it hurts. */
final class CuttingProxy implements AutoCloseable {

  /** Where the next connection that gets there is cut. */
  enum Cut {
    NOWHERE,

    /**
     * The server has changed rows, and what the client sends next, the commit, is not passed on.
     */
    BEFORE_COMMIT,

    /** The server has committed, and its answer is not passed on. */
    AFTER_COMMIT
  }

  private static final String CHANGED = "UPDATE 1\0";
  private static final String COMMITTED = "COMMIT\0";

  private final Relay relay;
  private final AtomicReference<Cut> cut = new AtomicReference<>(Cut.NOWHERE);

  CuttingProxy(int target) {
    this.relay = new Relay(target, Pair::new);
  }

  int port() {
    return relay.port();
  }

  void cut(Cut where) {
    cut.set(where);
  }

  /** Whether the cut was made. */
  boolean isDone() {
    return cut.get() == Cut.NOWHERE;
  }

  @Override
  public void close() {
    relay.close();
  }

  private final class Pair implements Relay.Way {

    private final Socket client;
    private final Socket server;
    private volatile boolean changed;

    Pair(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    @Override
    public void up() {
      copy(client, server, text -> changed && cut.compareAndSet(Cut.BEFORE_COMMIT, Cut.NOWHERE));
    }

    @Override
    public void down() {
      copy(
          server,
          client,
          text -> {
            changed = text.contains(CHANGED);
            return text.contains(COMMITTED) && cut.compareAndSet(Cut.AFTER_COMMIT, Cut.NOWHERE);
          });
    }

    private void copy(Socket from, Socket to, Predicate<String> isCut) {
      byte[] piece = new byte[64 << 10];
      try (from;
          to) {
        for (int length = from.getInputStream().read(piece);
            length >= 0 && !isCut.test(new String(piece, 0, length, StandardCharsets.ISO_8859_1));
            length = from.getInputStream().read(piece)) {
          to.getOutputStream().write(piece, 0, length);
        }
      } catch (IOException closed) {
        // The other direction closed both.
      }
    }
  }
}
