package io.pulzar.masters;

import io.pulzar.storage.MasterElection;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;

/**
 * Tells whether the process of the leader has ended, which its machine knows before the lease is
 * over: nobody listens there any more. A machine that says nothing may be cut off, and its master
 * live.
 *
 * <p>It need not be right: who leads is for the database to say. A mistake costs the leader a
 * restart. So it takes a leader that this server has reached before, that is late with its sign of
 * life, and that is refused twice.
 */
final class LeaderProbe {

  private enum Found {
    LISTENS,
    REFUSES,
    SAYS_NOTHING
  }

  private static final int REFUSALS = 2;

  private final MasterElection election;
  private final URI own;
  private Optional<URI> reached = Optional.empty();
  private int refusals;

  /**
   * @param own where this server is reached: it does not lead
   */
  LeaderProbe(MasterElection election, URI own) {
    this.election = election;
    this.own = own;
  }

  /** To be asked once in each of the election's pauses; may take as long as one. */
  boolean leaderHasEnded() {
    Optional<URI> leader = election.leader().map(URI::create).filter(url -> !url.equals(own));
    if (leader.isEmpty()) {
      refusals = 0;
      return false;
    }
    if (!leader.equals(reached)) {
      refusals = 0;
      reached = leader.filter(url -> look(url) == Found.LISTENS);
      return false;
    }
    refusals = election.isLate() && look(leader.get()) == Found.REFUSES ? refusals + 1 : 0;
    return refusals >= REFUSALS;
  }

  private Found look(URI leader) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getByName(leader.getHost()), leader.getPort()),
          (int) election.pause().toMillis());
      return Found.LISTENS;
    } catch (ConnectException refused) {
      return Found.REFUSES;
    } catch (IOException unreachable) {
      return Found.SAYS_NOTHING;
    }
  }
}
