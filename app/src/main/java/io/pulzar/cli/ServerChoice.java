package io.pulzar.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Which of several servers a command asks: the first one that is there. */
public final class ServerChoice {

  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final int HTTPS = 443;
  private static final int HTTP = 80;

  private ServerChoice() {}

  /**
   * The server, or the first of those that takes a connection; the first of all when none does.
   *
   * @param text URLs with commas between
   * @throws UsageException when one is none
   */
  public static URI of(String text) {
    List<URI> servers =
        Arrays.stream(text.split(",", -1)).map(String::strip).map(UrlText::server).toList();
    return servers.size() == 1
        ? servers.getFirst()
        : servers.stream().filter(ServerChoice::isThere).findFirst().orElse(servers.getFirst());
  }

  private static boolean isThere(URI server) {
    int usual = server.getScheme().equals("https") ? HTTPS : HTTP;
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(
              InetAddress.getByName(server.getHost()),
              server.getPort() < 0 ? usual : server.getPort()),
          (int) CONNECT.toMillis());
      return true;
    } catch (IOException away) {
      return false;
    }
  }
}
