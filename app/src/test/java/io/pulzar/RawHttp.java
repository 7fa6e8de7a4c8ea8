package io.pulzar;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Requests as bytes, which no HTTP client would send. */
public final class RawHttp {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private RawHttp() {}

  /**
   * Sends pieces, each in a packet of its own, and returns what comes until the server closes the
   * connection.
   *
   * @param pieces as ISO-8859-1
   * @throws UncheckedIOException when the server keeps it open for half a minute
   */
  public static String send(URI server, String... pieces) {
    try (Socket socket = open(server)) {
      for (String piece : pieces) {
        if (!write(socket, piece)) {
          break;
        }
      }
      return readAll(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A connection on which nothing was sent, and no read of which takes longer than half a minute.
   */
  public static Socket open(URI server) throws IOException {
    Socket socket = new Socket(server.getHost(), server.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }

  /** Whether it could be sent; a server that has refused the request may have closed. */
  private static boolean write(Socket socket, String piece) {
    try {
      socket.getOutputStream().write(piece.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** What comes until the connection is closed or reset. */
  public static String readAll(Socket socket) throws IOException {
    StringBuilder answer = new StringBuilder();
    byte[] piece = new byte[8192];
    InputStream in = socket.getInputStream();
    try {
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        answer.append(new String(piece, 0, read, StandardCharsets.UTF_8));
      }
    } catch (SocketException e) {
      answer.append("[reset]");
    }
    return answer.toString();
  }
}
