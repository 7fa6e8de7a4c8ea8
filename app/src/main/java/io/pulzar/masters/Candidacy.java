package io.pulzar.masters;

import io.pulzar.link.ClusterKey;
import io.pulzar.roles.Version;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import io.pulzar.storage.MasterElection;
import io.pulzar.storage.StorageSettings;
import io.pulzar.storage.StorageUnavailableException;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A master's way to the lead. */
public final class Candidacy {

  private static final Logger LOG = LoggerFactory.getLogger(Candidacy.class);

  private final Settings settings;
  private final MasterElection election;
  private final ClusterKey key;
  private final SharedFacts facts;

  /**
   * Compares what masters must have alike.
   *
   * @throws BadSettingException when this one must not lead here
   */
  public Candidacy(Settings settings, MasterElection election, ClusterKey key) {
    this.settings = settings;
    this.election = election;
    this.key = key;
    this.facts = new SharedFacts(settings, key);
    facts.check(election);
  }

  /**
   * Stands by until this server leads.
   *
   * @param stop gives it up
   * @return the port that the master is to have; empty: it was given up
   * @throws BadSettingException when this one must not stand behind who leads now
   */
  public OptionalInt awaitLead(CountDownLatch stop) {
    int port = settings.get(ServerSettings.PORT);
    return election.tryToLead(false) ? OptionalInt.of(port) : standBy(port, stop);
  }

  private OptionalInt standBy(int port, CountDownLatch stop) {
    try (StandbyFront front = StandbyFront.open(settings, port, election, key)) {
      election.announce(front.url().toString(), Version.CURRENT);
      LOG.info(
          "standing by at {}: {} leads", front.url(), election.leader().orElse("another master"));
      Optional<String> compared = Optional.empty();
      LeaderProbe probe = new LeaderProbe(election, front.url());
      while (!leads(probe)) {
        if (stop.await(election.pause().toMillis(), TimeUnit.MILLISECONDS)) {
          return OptionalInt.empty();
        }
        front.breakOffWhatIsOver();
        compared = compare(compared);
      }
      LOG.info("this master leads now");
      return OptionalInt.of(front.port());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }

  /** With whoever leads now, if that is another one than before. */
  private Optional<String> compare(Optional<String> before) {
    Optional<String> leader = election.leader();
    if (leader.isEmpty() || leader.equals(before)) {
      return before;
    }
    try {
      facts.checkAgain(election);
      return leader;
    } catch (StorageUnavailableException nobodyCanSay) {
      return before;
    }
  }

  private boolean leads(LeaderProbe probe) {
    try {
      return election.tryToLead(probe.leaderHasEnded());
    } catch (StorageUnavailableException nobodyCanSay) {
      // The log has it already; the leader can't write either.
      return false;
    }
  }

  /** Tells the others, once this master serves. */
  public void serves(int port) {
    URI url = MasterAddress.of(settings, port);
    if (MasterAddress.isOfThisMachineOnly(url)
        && !settings.get(StorageSettings.URL).orElse("").matches(".*//(localhost|127\\.).*")) {
      LOG.warn(
          "other masters and their clients can't reach this one at {}: set pulzar.server.host and"
              + " pulzar.server.hostname, if there are to be any",
          url);
    }
    facts.share(election);
    election.announce(url.toString(), Version.CURRENT);
  }
}
