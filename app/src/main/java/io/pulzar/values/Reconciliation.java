package io.pulzar.values;

import io.pulzar.keys.Key;
import io.pulzar.keys.ValueVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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
  private final Quarantine quarantine;

  Reconciliation(ValueStore store, MasterIndex master, Quarantine quarantine) {
    this.quarantine = quarantine;
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
              versions.forEach(version -> apply(version, kept.contains(version), adopt));
              LOG.info(
                  "{} values were in doubt: {} count, {} don't",
                  versions.size(),
                  kept.size(),
                  versions.size() - kept.size());
              return versions.size();
            });
  }

  /**
   * @param adopt whether its writer may have been told that it counts. Then it is the master's
   *     record that is missing, for one reason or another, and the content is set aside
   */
  private void apply(ValueVersion version, boolean counts, boolean adopt) {
    if (counts) {
      store.confirm(version.id());
      return;
    }
    if (adopt) {
      setAside(version);
    }
    store.drop(version);
  }

  private void setAside(ValueVersion version) {
    Optional<StoredValue> value = store.version(new Key(version.key()), version.id());
    if (value.isPresent()) {
      try {
        quarantine.keep(value.get());
      } catch (IOException e) {
        throw new UncheckedIOException(version.key() + " can't be set aside", e);
      }
    }
  }
}
