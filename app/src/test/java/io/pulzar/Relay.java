package io.pulzar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A port from which connections are passed on to a server on this machine, for tests of what is
 * lost on the way.
 */
public final class Relay implements AutoCloseable {

  /** How one connection is passed on; each direction has a thread. */
  public interface Way {

    void up();

    void down();
  }

  /** Makes the way for a connection. */
  @FunctionalInterface
  public interface Ways {
    Way between(Socket client, Socket server);
  }

  private final int target;
  private final Ways ways;
  private final ServerSocket door;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean down;

  public Relay(int target, Ways ways) {
    this.target = target;
    this.ways = ways;
    try {
      this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("relay").start(this::accept);
  }

  public int port() {
    return door.getLocalPort();
  }

  /** Whether nobody gets through at all; who did is cut off. */
  public void down(boolean now) {
    down = now;
    if (now) {
      open.forEach(Relay::close);
    }
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        if (down) {
          client.close();
          continue;
        }
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(client);
        open.add(server);
        Way way = ways.between(client, server);
        Thread.ofPlatform().daemon().name("relay-up").start(way::up);
        Thread.ofPlatform().daemon().name("relay-down").start(way::down);
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    open.forEach(Relay::close);
  }
}
