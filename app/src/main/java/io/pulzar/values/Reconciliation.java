package io.pulzar.values;

import io.pulzar.keys.ValueVersion;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the master about the versions that a crash or a lost answer left in doubt. */
final class Reconciliation {

  private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

  private final ValueStore store;
  private final MasterIndex master;

  Reconciliation(ValueStore store, MasterIndex master) {
    this.store = store;
    this.master = master;
  }

  /**
   * One attempt; does nothing when nothing is in doubt.
   *
   * @return how many versions are certain now; fails while the master can't be reached
   */
  CompletionStage<Integer> settle() {
    CompletionStage<Integer> adopted = ask(store.unsettled(), true);
    CompletionStage<Integer> withdrawn = ask(store.withdrawn(), false);
    return adopted.thenCombine(withdrawn, Integer::sum);
  }

  private CompletionStage<Integer> ask(List<ValueVersion> versions, boolean adopt) {
    if (versions.isEmpty()) {
      return CompletableFuture.completedStage(0);
    }
    return master
        .settle(versions, adopt)
        .thenApply(
            counting -> {
              Set<ValueVersion> kept = new HashSet<>(counting);
              versions.forEach(version -> apply(version, kept.contains(version)));
              LOG.info(
                  "{} values were in doubt: {} count, {} are removed",
                  versions.size(),
                  kept.size(),
                  versions.size() - kept.size());
              return versions.size();
            });
  }

  private void apply(ValueVersion version, boolean counts) {
    if (counts) {
      store.confirm(version.id());
    } else {
      store.drop(version);
    }
  }
}
