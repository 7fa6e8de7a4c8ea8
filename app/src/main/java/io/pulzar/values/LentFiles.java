package io.pulzar.values;

import io.pulzar.http.ApiException;
import io.pulzar.keys.Key;
import io.pulzar.polyglot.LeftBehind;
import io.pulzar.runner.LocalValues;
import io.pulzar.values.StoredValue.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lends values to jobs as files. A value that is a file already gets a second name instead of a
 * copy, so that it can be read to the end even when its key is deleted meanwhile; all its bytes are
 * checked first.
 */
final class LentFiles implements LocalValues {

  private static final Logger LOG = LoggerFactory.getLogger(LentFiles.class);

  private final ValueStore store;
  private final MasterIndex master;
  private final Path directory;

  /** Empties the directory: whoever borrowed from it is gone. */
  LentFiles(ValueStore store, MasterIndex master, Path directory) {
    this.store = store;
    this.master = master;
    this.directory = directory;
    try {
      Files.createDirectories(directory);
      LeftBehind.clear(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare " + directory + " for lending values", e);
    }
  }

  /**
   * Lends a value.
   *
   * @throws ApiException 500 {@code value_damaged}
   */
  @Override
  public Optional<Lent> lend(String key) {
    Optional<StoredValue> found = store.find(Key.of(key)).filter(this::counts);
    Optional<Lent> lent = found.flatMap(this::lend);
    // A value that was replaced before it got its second name has a successor.
    return lent.isPresent() || found.isEmpty() ? lent : lend(key);
  }

  /** Of a value with copies, another node may have got a newer version while this one was away. */
  private boolean counts(StoredValue value) {
    return !value.shared().isShared()
        || master.standing(new Key(value.key()), value.id()).toCompletableFuture().join().counts();
  }

  /** Empty when it was removed meanwhile. */
  private Optional<Lent> lend(StoredValue value) {
    try {
      Path folder = Files.createTempDirectory(directory, "job-");
      Path file = folder.resolve(new Key(value.key()).name());
      switch (value.content()) {
        case Content.Inline inline -> {
          Files.write(file, inline.bytes());
          if (BlockChecksums.of(inline.bytes()) != value.checksum()) {
            throw new DamagedValueException("its bytes have another checksum");
          }
        }
        case Content.InFile content -> {
          Files.createLink(file, store.files().path(value.id()));
          check(value, content);
        }
      }
      return Optional.of(new LentFolder(folder, file));
    } catch (DamagedValueException e) {
      LOG.error("value {} is damaged: {}", value.key(), e.getMessage());
      throw damaged(value);
    } catch (NoSuchFileException e) {
      if (store.holds(value)) {
        LOG.error("value {} is damaged: its file is gone", value.key());
        throw damaged(value);
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lend the value of " + value.key(), e);
    }
  }

  private static ApiException damaged(StoredValue value) {
    return new ApiException(
        500, "value_damaged", "the value of " + value.key() + " is damaged", null, null);
  }

  private void check(StoredValue value, Content.InFile content) throws IOException {
    try (VerifiedFile file = VerifiedFile.open(store.files(), value, content, 0, value.size())) {
      file.checkRest();
    }
  }
}
