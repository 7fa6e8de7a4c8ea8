package io.pulzar.scripts;

import io.pulzar.cluster.Departure;
import java.util.Optional;

/** Scripts stay in the directory of a removed node; only the master forgets them. */
record ScriptDeparture(Scripts scripts) implements Departure {

  @Override
  public Optional<String> loss(String node) {
    return Optional.empty();
  }

  @Override
  public void forget(String node) {
    scripts.forget(node);
  }
}
