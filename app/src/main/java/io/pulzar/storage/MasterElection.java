package io.pulzar.storage;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Masters that share what they keep agree here on the one of them that works: the leader. */
public interface MasterElection {

  /**
   * Looks whether this server may lead, and takes the lead if so. To be asked again, after each
   * {@link #pause}, until it does; once it leads it does so to its end.
   *
   * @param leaderHasEnded whether the leader that was seen by the last look need not be waited for
   * @throws StorageUnavailableException when nobody can say
   */
  boolean tryToLead(boolean leaderHasEnded);

  /** The time between two looks. */
  Duration pause();

  /** Where the other server that leads is reached; empty: none does, or it has not said. */
  Optional<String> leader();

  /** For how long the leader has given no sign of life, as seen from here. */
  Duration silence();

  /** Whether the leader should have given one meanwhile. */
  boolean isLate();

  /** Tells the others where this server is reached from now on. */
  void announce(String url, String version);

  /** All masters that were there lately. */
  List<MasterServer> masters();

  /** What another installation noted last that all must have alike, by name. */
  Map<String, String> sharedByOthers();

  /** Notes that, as the leader. */
  void share(Map<String, String> facts);
}
