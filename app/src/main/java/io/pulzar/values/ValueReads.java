package io.pulzar.values;

import io.pulzar.http.ApiException;
import io.pulzar.keys.Key;
import io.pulzar.values.StoredValue.Content;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives values out, and nothing that is not exactly what was written. */
final class ValueReads implements ByteSource {

  private static final Logger LOG = LoggerFactory.getLogger(ValueReads.class);

  /** Bytes to serve, checked, or ready to be checked while they are read. */
  sealed interface Bytes {

    /** All that is wanted. */
    final class InMemory implements Bytes {

      private final byte[] bytes;

      InMemory(byte[] bytes) {
        this.bytes = bytes;
      }

      /** Not to be changed. */
      byte[] bytes() {
        return bytes;
      }
    }

    /** To be read block by block, and closed. */
    record OnDisk(VerifiedBytes file) implements Bytes {}
  }

  private final ValueStore store;
  private final Executor disk;
  private final LongAdder damaged = new LongAdder();

  ValueReads(ValueStore store, Executor disk) {
    this.store = store;
    this.disk = disk;
  }

  /**
   * The value of a key, without its bytes having been looked at.
   *
   * @throws ApiException 404 {@code key_not_found}
   */
  StoredValue find(Key key) {
    return store
        .find(key)
        .orElseThrow(
            () ->
                ApiException.notFound(
                    "key_not_found", "There is no value for the key " + key + " on this node"));
  }

  /**
   * Does something with the value of a key; once more when it was replaced before its bytes could
   * be opened.
   *
   * @throws ApiException 404 {@code key_not_found}
   */
  <R> CompletionStage<R> use(Key key, Function<StoredValue, CompletionStage<R>> work) {
    return useOnly(find(key), work, () -> use(key, work));
  }

  /**
   * Does something with one version.
   *
   * @param otherwise when it was removed before its bytes could be opened
   */
  <R> CompletionStage<R> useOnly(
      StoredValue value,
      Function<StoredValue, CompletionStage<R>> work,
      Supplier<CompletionStage<R>> otherwise) {
    return work.apply(value)
        .exceptionallyCompose(
            failure -> {
              Throwable cause =
                  failure instanceof CompletionException && failure.getCause() != null
                      ? failure.getCause()
                      : failure;
              return cause instanceof GoneException
                  ? otherwise.get()
                  : CompletableFuture.failedStage(failure);
            });
  }

  /** The version was removed between the look at its row and the look at its file. */
  private static final class GoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * A part of a value's bytes; to be used inside {@link #use}.
   *
   * @return at once for values in memory; a damaged value fails with 500 {@code value_damaged}
   */
  @Override
  public CompletionStage<Bytes> open(StoredValue value, long from, long length) {
    return switch (value.content()) {
      case Content.Inline inline -> inMemory(value, inline.bytes(), from, length);
      case Content.InFile file ->
          CompletableFuture.supplyAsync(() -> onDisk(value, file, from, length), disk);
    };
  }

  /** How often damage was met since the start. */
  long damagesMet() {
    return damaged.sum();
  }

  private CompletionStage<Bytes> inMemory(StoredValue value, byte[] bytes, long from, long length) {
    if (bytes.length != value.size() || BlockChecksums.of(bytes) != value.checksum()) {
      return CompletableFuture.failedStage(damage(value, "its bytes have another checksum"));
    }
    boolean whole = from == 0 && length == bytes.length;
    return CompletableFuture.completedStage(
        new Bytes.InMemory(
            whole ? bytes : Arrays.copyOfRange(bytes, (int) from, (int) (from + length))));
  }

  private Bytes onDisk(StoredValue value, Content.InFile content, long from, long length) {
    try {
      return new Bytes.OnDisk(VerifiedFile.open(store.files(), value, content, from, length));
    } catch (IOException e) {
      if (!store.holds(value)) {
        throw new GoneException();
      }
      throw new CompletionException(damage(value, String.valueOf(e.getMessage())));
    }
  }

  private ApiException damage(StoredValue value, String what) {
    damaged.increment();
    LOG.error("value {} (version {}) is damaged: {}", value.key(), value.id(), what);
    return new ApiException(
        500,
        "value_damaged",
        "The value of %s is damaged on its node's disk and is not served; restore it from a backup,"
                .formatted(value.key())
            + " or delete the key and write it again",
        null,
        null);
  }
}
