package io.pulzar.masters;

import io.pulzar.http.HttpClients;
import io.pulzar.link.ClusterKey;
import io.pulzar.settings.Settings;
import io.pulzar.storage.MasterElection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A standby's connections to whoever leads. Safe for any thread. */
final class LeaderConnections {

  private static final Logger LOG = LoggerFactory.getLogger(LeaderConnections.class);
  private static final Duration CONNECT = Duration.ofSeconds(1);

  private final MasterElection election;
  private final ClientLine lines;
  private final URI own;
  private final Optional<SSLContext> trust;

  /** By what they lead to. */
  private final Map<Socket, URI> open = new ConcurrentHashMap<>();

  /**
   * @param own where this server is reached: it does not lead
   */
  LeaderConnections(Settings settings, MasterElection election, ClusterKey key, URI own) {
    this.election = election;
    this.lines = new ClientLine(key, Clock.systemUTC());
    this.own = own;
    this.trust = HttpClients.trust(settings);
  }

  /** A new one for a client; empty: nobody leads just now, or it can't be reached. */
  Optional<Socket> connect(InetAddress client) {
    return leader().flatMap(leader -> connect(leader, client));
  }

  private Optional<URI> leader() {
    return election.leader().map(URI::create).filter(url -> !url.equals(own));
  }

  private Optional<Socket> connect(URI leader, InetAddress client) {
    Socket plain = new Socket();
    open.put(plain, leader);
    try {
      plain.connect(
          new InetSocketAddress(InetAddress.getByName(leader.getHost()), leader.getPort()),
          (int) CONNECT.toMillis());
      plain.setTcpNoDelay(true);
      plain.getOutputStream().write(lines.of(client));
      return Optional.of(leader.getScheme().equals("https") ? secured(plain, leader) : plain);
    } catch (IOException notThere) {
      end(plain);
      return Optional.empty();
    }
  }

  private Socket secured(Socket plain, URI leader) throws IOException {
    try {
      SSLContext context = trust.isPresent() ? trust.get() : SSLContext.getDefault();
      SSLSocket secured =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket(plain, leader.getHost(), leader.getPort(), true);
      SSLParameters parameters = secured.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secured.setSSLParameters(parameters);
      secured.startHandshake();
      open.put(secured, leader);
      open.remove(plain);
      return secured;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has TLS", e);
    }
  }

  void end(Socket socket) {
    open.remove(socket);
    close(socket);
  }

  /** Breaks off those to a master that leads no more: it may be silent for ever. */
  void endThoseToEarlierLeaders() {
    leader()
        .ifPresent(
            now ->
                open.forEach(
                    (socket, url) -> {
                      if (!url.equals(now)) {
                        close(socket);
                      }
                    }));
  }

  void endAll() {
    open.keySet().forEach(LeaderConnections::close);
  }

  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("a connection can't be closed: {}", e.getMessage());
    }
  }
}
