package io.pulzar.values;

import io.micronaut.scheduling.TaskExecutors;
import io.pulzar.keys.KeyOperations;
import io.pulzar.link.LinkHandlers;
import io.pulzar.link.LinkServer;
import io.pulzar.roles.OnNode;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

/** Answers what the master asks of its nodes about values. */
@OnNode
@Singleton
final class ValueLinkHandlers implements LinkHandlers {

  private final ValueStore store;
  private final ValueConsistencyCheck inspection;
  private final ReplicaService copies;
  private final ExecutorService disk;

  ValueLinkHandlers(
      ValueStore store,
      ValueConsistencyCheck inspection,
      ReplicaService copies,
      @Named(TaskExecutors.BLOCKING) ExecutorService disk) {
    this.store = store;
    this.inspection = inspection;
    this.copies = copies;
    this.disk = disk;
  }

  @Override
  public void register(LinkServer server) {
    server.on(KeyOperations.HIDE, this::hide);
    server.on(KeyOperations.COPY, copies::copy);
    server.on(KeyOperations.SHOW, this::show);
    server.on(
        KeyOperations.REMOVE,
        question -> store.remove(question.versions()).thenApply(KeyOperations.Count::new));
    server.on(
        KeyOperations.INSPECT,
        question -> CompletableFuture.supplyAsync(() -> inspection.page(question.after()), disk));
    server.on(
        KeyOperations.HELD,
        question ->
            CompletableFuture.supplyAsync(
                () -> new KeyOperations.Versions(store.held(question.versions())), disk));
    server.on(
        KeyOperations.UNREADABLE,
        question ->
            CompletableFuture.supplyAsync(() -> new KeyOperations.Names(store.unreadable()), disk));
    server.on(
        KeyOperations.SWEEP,
        question ->
            CompletableFuture.supplyAsync(
                () -> new KeyOperations.Count(inspection.sweep(question.remove())), disk));
  }

  private CompletionStage<KeyOperations.Count> show(KeyOperations.Versions question) {
    question.versions().forEach(version -> copies.show(version.id()));
    return CompletableFuture.completedStage(new KeyOperations.Count(question.versions().size()));
  }

  private CompletionStage<KeyOperations.Count> hide(KeyOperations.Versions question) {
    question.versions().forEach(store::drop);
    return CompletableFuture.completedStage(new KeyOperations.Count(question.versions().size()));
  }
}
