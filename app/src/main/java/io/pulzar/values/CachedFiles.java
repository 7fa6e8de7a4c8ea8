package io.pulzar.values;

import io.pulzar.bucket.Bucket;
import io.pulzar.bucket.BucketException;
import io.pulzar.bucket.BucketException.Reason;
import io.pulzar.http.ApiException;
import io.pulzar.keys.Key;
import io.pulzar.keys.KeyOperations.CopyQuestion;
import io.pulzar.keys.KeyOperations.FoundObject;
import io.pulzar.keys.Location;
import io.pulzar.keys.WriteOptions;
import io.pulzar.polyglot.LeftBehind;
import io.pulzar.runner.LocalValues;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lends values that are in the bucket to jobs as files: from the cache, or fetched. All bytes are
 * checked before. Those that are still on this node's disk are lent from there.
 */
final class CachedFiles implements LocalValues {

  private static final Logger LOG = LoggerFactory.getLogger(CachedFiles.class);

  private final LocalValues here;
  private final ReplicaService.CopySource nodes;
  private final Bucket bucket;
  private final BucketMembership membership;
  private final MasterIndex master;
  private final ValueCache cache;
  private final Path directory;

  /** Empties the directory: whoever borrowed from it is gone. */
  CachedFiles(
      LocalValues here,
      ReplicaService.CopySource nodes,
      Bucket bucket,
      BucketMembership membership,
      MasterIndex master,
      ValueCache cache,
      Path directory)
      throws IOException {
    this.here = here;
    this.nodes = nodes;
    this.bucket = bucket;
    this.membership = membership;
    this.master = master;
    this.cache = cache;
    this.directory = Files.createDirectories(directory);
    LeftBehind.clear(directory);
  }

  /**
   * Lends a value.
   *
   * @throws ApiException 500 {@code value_damaged}, 503 {@code bucket_unavailable}
   */
  @Override
  public Optional<Lent> lend(String key) {
    Optional<FoundObject> found = find(Key.of(key));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Optional<Lent> lent;
    if (found.get().value().node().equals(Location.BUCKET)) {
      membership.requireOwner(found.get().owner());
      StoredValue value = BucketReads.value(found.get());
      lent = lend(value.key(), file -> isCached(value, file) || fetch(value, file));
    } else {
      lent = here.lend(key).or(() -> lend(key, file -> isFetchedFromNode(found.get(), file)));
    }
    // A value that was replaced before it was fetched has a successor.
    return lent.isPresent() || find(Key.of(key)).equals(found)
        ? Optional.of(lent.orElseThrow(() -> BucketReads.damaged(key)))
        : lend(key);
  }

  private Optional<FoundObject> find(Key key) {
    try {
      return Optional.of(master.findObject(key).toCompletableFuture().join());
    } catch (CompletionException e) {
      if (e.getCause() instanceof ApiException refusal) {
        if (refusal.status() == 404) {
          return Optional.empty();
        }
        throw refusal;
      }
      throw e;
    }
  }

  /** Brings a value into a file; false when it is not where it was any more. */
  @FunctionalInterface
  private interface Fetch {
    boolean into(Path file) throws IOException;
  }

  private Optional<Lent> lend(String key, Fetch fetch) {
    try {
      Path folder = Files.createTempDirectory(directory, "job-");
      boolean isLent = false;
      try {
        Path file = folder.resolve(Key.of(key).name());
        isLent = fetch.into(file);
        return isLent ? Optional.of(new LentFolder(folder, file)) : Optional.empty();
      } finally {
        if (!isLent) {
          LeftBehind.remove(folder);
        }
      }
    } catch (DamagedValueException e) {
      LOG.error("value {} is damaged: {}", key, e.getMessage());
      throw BucketReads.damaged(key);
    } catch (BucketException e) {
      LOG.warn("the value of {} can't be fetched: {}", key, e.getMessage());
      throw e.answer();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lend the value of " + key, e);
    }
  }

  /** The job was placed when its value was in the bucket, from where it was moved to a node. */
  private boolean isFetchedFromNode(FoundObject found, Path file) throws IOException {
    String url = Objects.requireNonNull(found.url());
    String node = url.substring(0, url.indexOf(WriteOptions.READ_PATH));
    try (InputStream in = nodes.open(new CopyQuestion(found.value(), node));
        OutputStream out = Files.newOutputStream(file)) {
      long _ = in.transferTo(out);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the node stops", e);
    }
    if (!isWhole(BucketReads.value(found), file)) {
      Files.delete(file);
      return false;
    }
    return true;
  }

  private boolean isCached(StoredValue value, Path file) throws IOException {
    if (!cache.link(value.id(), file)) {
      return false;
    }
    if (isWhole(value, file)) {
      return true;
    }
    LOG.warn("the cached file of {} is damaged and is fetched again", value.key());
    cache.drop(value.id());
    Files.delete(file);
    return false;
  }

  private static boolean isWhole(StoredValue value, Path file) throws IOException {
    BlockChecksums checksums = new BlockChecksums();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] piece = new byte[BlockChecksums.BLOCK];
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        checksums.update(piece, 0, read);
      }
    }
    return Files.size(file) == value.size() && checksums.whole() == value.checksum();
  }

  private boolean fetch(StoredValue value, Path file) throws IOException {
    try (VerifiedObject object =
            VerifiedObject.open(bucket, value, BucketReads.blocks(value), 0, value.size());
        OutputStream out = Files.newOutputStream(file)) {
      object.copyTo(out);
    } catch (BucketException e) {
      if (e.reason() == Reason.MISSING) {
        return false;
      }
      throw e;
    }
    cache.keep(value.id(), file);
    return true;
  }
}
