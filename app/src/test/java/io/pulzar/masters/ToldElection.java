package io.pulzar.masters;

import io.pulzar.storage.MasterElection;
import io.pulzar.storage.MasterServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An election in which the test says who leads; what is shared, another one reads. */
final class ToldElection implements MasterElection {

  volatile Optional<String> leader = Optional.empty();
  volatile boolean late;
  private volatile Map<String, String> shared = Map.of();

  @Override
  public boolean tryToLead(boolean leaderHasEnded) {
    return false;
  }

  @Override
  public Duration pause() {
    return Duration.ofMillis(10);
  }

  @Override
  public Optional<String> leader() {
    return leader;
  }

  @Override
  public Duration silence() {
    return Duration.ofMillis(7);
  }

  @Override
  public boolean isLate() {
    return late;
  }

  @Override
  public void announce(String url, String version) {}

  @Override
  public List<MasterServer> masters() {
    return List.of();
  }

  @Override
  public Map<String, String> sharedByOthers() {
    return shared;
  }

  @Override
  public void share(Map<String, String> facts) {
    shared = Map.copyOf(facts);
  }
}
