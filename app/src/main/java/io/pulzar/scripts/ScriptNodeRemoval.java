package io.pulzar.scripts;

import io.pulzar.cluster.NodeRemovalListener;
import java.util.Optional;

/** Scripts stay in the directory of a removed node; only the master forgets them. */
record ScriptNodeRemoval(Scripts scripts) implements NodeRemovalListener {

  @Override
  public Optional<String> loss(String node) {
    return Optional.empty();
  }

  @Override
  public void forget(String node) {
    scripts.forget(node);
  }
}
