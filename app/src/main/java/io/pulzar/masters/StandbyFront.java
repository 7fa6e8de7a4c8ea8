package io.pulzar.masters;

import io.pulzar.cluster.ListeningAddress;
import io.pulzar.http.ServerCertificate;
import io.pulzar.link.ClusterKey;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import io.pulzar.storage.MasterElection;
import io.pulzar.storage.StorageSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port of a master that stands by: passes each connection on to the leader, and waits for one
 * where there is none just now. One whose first request is for {@code /health} is answered here.
 *
 * <p>Each begins with a line that tells the leader the client's address.
 */
public final class StandbyFront implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StandbyFront.class);
  private static final int BACKLOG = 1_024;
  private static final int PIECE = 16 << 10;
  private static final Duration LOOK = Duration.ofMillis(50);

  private final StandbyAnswers answers;
  private final Duration patience;
  private final Duration firstBytes;
  private final ServerSocket door;
  private final URI url;
  private final LeaderConnections leaders;
  private final Semaphore places;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private StandbyFront(Settings settings, int port, MasterElection election, ClusterKey key)
      throws IOException {
    this.answers = new StandbyAnswers(election);
    this.patience = settings.get(StorageSettings.PATIENCE);
    this.firstBytes = settings.get(ServerSettings.PATIENCE);
    this.places = new Semaphore(settings.get(ServerSettings.CONNECTIONS));
    Optional<SSLContext> certificate = ServerCertificate.context(settings);
    this.door =
        certificate.isPresent()
            ? certificate.get().getServerSocketFactory().createServerSocket()
            : new ServerSocket();
    door.setReuseAddress(true);
    door.bind(
        new InetSocketAddress(InetAddress.getByName(ListeningAddress.of(settings)), port), BACKLOG);
    this.url = MasterAddress.of(settings, door.getLocalPort());
    this.leaders = new LeaderConnections(settings, election, key, url);
  }

  /**
   * Listens.
   *
   * @param port 0 takes any free one
   */
  public static StandbyFront open(
      Settings settings, int port, MasterElection election, ClusterKey key) {
    try {
      StandbyFront front = new StandbyFront(settings, port, election, key);
      Thread.ofPlatform().daemon().name("standby").start(front::accept);
      return front;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How others reach it. */
  public URI url() {
    return url;
  }

  public int port() {
    return door.getLocalPort();
  }

  private void accept() {
    while (!closed) {
      try {
        Socket client = door.accept();
        if (places.tryAcquire()) {
          open.add(client);
          Thread.ofVirtual().name("standby-connection").start(() -> serve(client));
        } else {
          client.close();
        }
      } catch (IOException | RuntimeException | Error failure) {
        if (!closed) {
          LOG.warn("a connection can't be taken: {}", failure.toString());
          pause();
        }
      }
    }
  }

  private void serve(Socket client) {
    Optional<Socket> leader = Optional.empty();
    try (client) {
      client.setTcpNoDelay(true);
      client.setSoTimeout((int) firstBytes.toMillis());
      byte[] first = firstOf(client.getInputStream());
      if (first.length == 0) {
        return;
      }
      if (StandbyAnswers.isHealth(first)) {
        answer(client, answers.health());
        return;
      }
      client.setSoTimeout(0);
      leader = connect(client.getInetAddress());
      if (leader.isEmpty()) {
        answer(client, answers.noLeader());
        return;
      }
      leader.get().getOutputStream().write(first);
      pass(client, leader.get());
    } catch (IOException gone) {
      // One of both closed the connection, or this server stops: so does the other.
    } finally {
      open.remove(client);
      leader.ifPresent(leaders::end);
      places.release();
    }
  }

  /** Enough to see what is asked for. */
  private static byte[] firstOf(InputStream in) throws IOException {
    byte[] first = new byte[PIECE];
    int length = 0;
    while (length < StandbyAnswers.ENOUGH) {
      int more = in.read(first, length, first.length - length);
      if (more < 0) {
        break;
      }
      length += more;
    }
    return Arrays.copyOf(first, length);
  }

  private static void answer(Socket client, byte[] answer) throws IOException {
    client.getOutputStream().write(answer);
    client.getOutputStream().flush();
    client.shutdownOutput();
  }

  /** Empty: there is none for longer than the patience lasts. */
  private Optional<Socket> connect(InetAddress client) {
    long start = System.nanoTime();
    Optional<Socket> connected = leaders.connect(client);
    while (connected.isEmpty() && !closed && System.nanoTime() - start < patience.toNanos()) {
      pause();
      connected = leaders.connect(client);
    }
    return connected;
  }

  private void pass(Socket client, Socket leader) throws IOException {
    Thread back = Thread.ofVirtual().start(() -> copyBack(leader, client));
    copy(client, leader);
    try {
      back.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copyBack(Socket leader, Socket client) {
    try (client) {
      copy(leader, client);
    } catch (IOException gone) {
      // The other direction sees it too.
    }
  }

  /** Until one side has said all, which the other is told. */
  private static void copy(Socket from, Socket to) throws IOException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] piece = new byte[PIECE];
    for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
      out.write(piece, 0, length);
    }
    to.shutdownOutput();
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Breaks off what was passed on to a master that leads no more: it may be silent for ever. */
  void breakOffWhatIsOver() {
    leaders.endThoseToEarlierLeaders();
  }

  /** Ends all connections too: what they lead to is over. */
  @Override
  public void close() {
    closed = true;
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    open.forEach(LeaderConnections::close);
    leaders.endAll();
  }
}
