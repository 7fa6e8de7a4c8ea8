package io.pulzar.storage.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

  private final int target;
  private final ServerSocket door;
  private final AtomicReference<Cut> cut = new AtomicReference<>(Cut.NOWHERE);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  CuttingProxy(int target) throws IOException {
    this.target = target;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("proxy").start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  void cut(Cut where) {
    cut.set(where);
  }

  /** Whether the cut was made. */
  boolean isDone() {
    return cut.get() == Cut.NOWHERE;
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(client);
        open.add(server);
        Pair pair = new Pair(client, server);
        Thread.ofPlatform().daemon().name("proxy-up").start(pair::up);
        Thread.ofPlatform().daemon().name("proxy-down").start(pair::down);
      } catch (IOException closed) {
        return;
      }
    }
  }

  @Override
  public void close() {
    try {
      door.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Pair {

    private final Socket client;
    private final Socket server;
    private volatile boolean changed;

    Pair(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void up() {
      copy(client, server, text -> changed && cut.compareAndSet(Cut.BEFORE_COMMIT, Cut.NOWHERE));
    }

    void down() {
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
