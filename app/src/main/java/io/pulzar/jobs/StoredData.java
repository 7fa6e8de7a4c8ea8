package io.pulzar.jobs;

import io.pulzar.http.ApiException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Where stored values are; implemented by the feature that keeps them. */
public interface StoredData {

  /**
   * Where a key's value is; empty when there is none.
   *
   * @param key as scripts write it, {@code /path/to/my_key.key}
   */
  Optional<Holder> find(String key);

  /**
   * Who has a value.
   *
   * @param node the name of the node that holds it; empty: every node can get it
   */
  record Holder(Optional<String> node) {}

  /** The files that a job stored, by their keys. */
  default List<StoredFile> filesOf(long job) {
    return List.of();
  }

  /** Removes the files of a job; complete when that is on the disk. */
  default CompletionStage<Boolean> removeFilesOf(long job) {
    return CompletableFuture.completedStage(false);
  }

  /**
   * A file that a job stored.
   *
   * @param url where to read it
   * @param size bytes
   */
  record StoredFile(String key, String url, long size, Instant stored) {}

  /** Where nothing is kept. */
  StoredData NONE =
      key -> {
        throw ApiException.notAvailable("this server keeps no stored values");
      };
}
