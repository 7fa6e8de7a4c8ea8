package io.pulzar.keys;

import io.pulzar.jobs.StoredData;
import io.pulzar.keys.KeyIndex.Row;
import io.pulzar.roles.OnMaster;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tells jobs where the value is that they work on. */
@OnMaster
@Singleton
final class IndexedData implements StoredData {

  /** Files of one job that are listed or removed at a time. */
  private static final int PAGE = 1_000;

  private final KeyIndex index;
  private final Placement placement;

  IndexedData(KeyIndex index, Placement placement) {
    this.index = index;
    this.placement = placement;
  }

  @Override
  public Optional<Holder> find(String key) {
    return index
        .find(Key.of(key))
        .map(
            location ->
                new Holder(
                    location.isInBucket() ? Optional.empty() : Optional.of(nodeOf(location))));
  }

  private String nodeOf(Location location) {
    return placement
        .workingOn(location)
        .map(member -> member.facts().name())
        .orElse(location.node());
  }

  @Override
  public List<StoredFile> filesOf(long job) {
    return JobFolders.of(job).stream()
        .flatMap(folder -> index.page(KeyFilter.beginningWith(folder), "", PAGE).stream())
        .map(this::file)
        .toList();
  }

  private StoredFile file(Row row) {
    Location location = row.location();
    return new StoredFile(
        row.key().path(),
        placement.rootOf(location) + "/get_key" + row.key().encoded(),
        location.size(),
        location.written());
  }

  /** The nodes drop the values afterwards, like those of any key. */
  @Override
  public CompletionStage<Boolean> removeFilesOf(long job) {
    return JobFolders.of(job).stream()
        .map(this::removeAll)
        .reduce((one, other) -> one.thenCombine(other, Boolean::logicalOr))
        .orElseThrow();
  }

  private CompletionStage<Boolean> removeAll(String folder) {
    List<CompletableFuture<Boolean>> removals =
        index.page(KeyFilter.beginningWith(folder), "", PAGE).stream()
            .map(row -> index.remove(row.key()).thenApply(Optional::isPresent))
            .map(CompletionStage::toCompletableFuture)
            .toList();
    CompletionStage<Boolean> all =
        CompletableFuture.allOf(removals.toArray(CompletableFuture[]::new))
            .thenApply(done -> !removals.isEmpty());
    return removals.size() < PAGE ? all : all.thenCompose(done -> removeAll(folder));
  }
}
