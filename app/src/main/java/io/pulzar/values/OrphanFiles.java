package io.pulzar.values;

import io.pulzar.keys.KeyOperations.Registration;
import io.pulzar.upkeep.Rounds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that no version refers to: a crash came between a file's publication and its row's commit,
 * or between a row's removal and the file's; or the index was lost. Which it was, the master knows:
 * what a key of its stands for is taken in again, and the rest is set aside. Files of versions that
 * were begun after the start are left alone, since their rows may be on their way.
 */
final class OrphanFiles {

  private static final Logger LOG = LoggerFactory.getLogger(OrphanFiles.class);
  private static final int PIECE = 64 << 10;

  private final ValueStore store;
  private final MasterIndex master;
  private final Quarantine quarantine;

  OrphanFiles(ValueStore store, MasterIndex master, Quarantine quarantine) {
    this.store = store;
    this.master = master;
    this.quarantine = quarantine;
  }

  /** The files that no version refers to. */
  Set<Long> find() throws IOException {
    return find(store.firstId());
  }

  Set<Long> find(long firstIdOfThisStart) throws IOException {
    Set<Long> orphans = new HashSet<>();
    store
        .files()
        .forEach(
            id -> {
              if (id < firstIdOfThisStart) {
                orphans.add(id);
              }
            });
    if (!orphans.isEmpty()) {
      store.forEachId(orphans::remove);
      // In this order: what was removed since the files were listed left first its row, then this.
      orphans.removeIf(id -> store.isLeaving(id) || !store.files().exists(id));
    }
    return orphans;
  }

  /**
   * Deals with all of them; waits for the master, and fails while it can't be reached.
   *
   * @return how many there were
   */
  int settle() throws IOException {
    return settle(find(), () -> true);
  }

  /**
   * The same for these.
   *
   * @param progress is asked between files: what is left is found again at the next start
   */
  int settle(Set<Long> orphans, Rounds.Progress progress) throws IOException {
    if (orphans.isEmpty()) {
      return 0;
    }
    Set<Long> unknown = new HashSet<>(orphans);
    for (Registration known : master.identify(List.copyOf(orphans))) {
      if (!progress.goesOn()) {
        return 0;
      }
      if (adopt(known, store.files().path(known.id()))) {
        unknown.remove(known.id());
      }
    }
    for (long id : unknown) {
      if (!progress.goesOn()) {
        return 0;
      }
      quarantine.take(id);
    }
    LOG.warn(
        "{} files had no record: the master knew {} of them, which are values again; {} are set"
            + " aside in quarantine",
        orphans.size(),
        orphans.size() - unknown.size(),
        unknown.size());
    return orphans.size();
  }

  /**
   * Asks the master again about what is set aside, and deletes what has been so for long.
   *
   * @param progress is asked between files: the rest is for the next time
   */
  void lookAgain(Rounds.Progress progress) throws IOException {
    List<Long> aside = quarantine.ids();
    if (aside.isEmpty()) {
      return;
    }
    for (Registration known : master.identify(aside)) {
      if (!progress.goesOn()) {
        return;
      }
      if (store.files().exists(known.id()) || adopt(known, quarantine.file(known.id()))) {
        LOG.info("{} came back from quarantine", known.key());
      }
    }
    int removed = quarantine.removeOld(progress);
    if (removed > 0) {
      LOG.info("deleted {} contents that nobody knew for long enough", removed);
    }
  }

  /** Takes in a content that the master's record fits; answers whether it does. */
  private boolean adopt(Registration known, Path content) throws IOException {
    Optional<StoredValue> value = read(known, content);
    if (value.isEmpty()) {
      LOG.error(
          "the content of {} is not the one that the master knows; it is set aside", known.key());
      return false;
    }
    if (!content.equals(store.files().path(known.id()))) {
      quarantine.release(known.id());
    }
    boolean _ = store.readopt(value.get()).toCompletableFuture().join();
    return true;
  }

  private static Optional<StoredValue> read(Registration known, Path content) throws IOException {
    BlockChecksums checksums = new BlockChecksums();
    long size = 0;
    try (InputStream in = Files.newInputStream(content)) {
      byte[] piece = new byte[PIECE];
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        checksums.update(piece, 0, read);
        size += read;
      }
    }
    return size == known.size() && checksums.whole() == known.checksum()
        ? Optional.of(
            new StoredValue(
                known.key(),
                known.id(),
                size,
                known.checksum(),
                Instant.ofEpochMilli(known.written()),
                Optional.ofNullable(known.expires()).map(Instant::ofEpochMilli),
                new StoredValue.Content.InFile(checksums.blocks()),
                known.version() == 0
                    ? ReplicationState.NOT
                    : new ReplicationState(known.version(), known.asked())))
        : Optional.empty();
  }
}
