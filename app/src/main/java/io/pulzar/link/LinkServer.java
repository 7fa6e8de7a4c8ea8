package io.pulzar.link;

import io.pulzar.http.ApiException;
import io.pulzar.storage.StorageFullException;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The operations that this server answers; each is registered once, at the start. */
@Singleton
public final class LinkServer {

  /** The code of the refusal by a server that does not know what it is asked. */
  public static final String NOT_OFFERED = "no_such_operation";

  private record Entry<Q, A>(Operation<Q, A> operation, OperationHandler<Q, A> answering) {}

  private final Map<String, Entry<?, ?>> entries = new HashMap<>();

  public LinkServer(List<LinkHandlers> offers) {
    offers.forEach(offer -> offer.register(this));
  }

  /**
   * Says who answers an operation.
   *
   * @throws IllegalStateException when somebody does already
   */
  public <Q, A> void on(Operation<Q, A> operation, OperationHandler<Q, A> answering) {
    if (entries.put(operation.name(), new Entry<>(operation, answering)) != null) {
      throw new IllegalStateException(operation.name() + " is offered twice");
    }
  }

  /** The operation of that name, if this server answers it. */
  Optional<Operation<?, ?>> find(String name) {
    return Optional.ofNullable(entries.get(name)).map(Entry::operation);
  }

  /** Answers on the calling thread as far as the handler does. */
  <Q, A> CompletionStage<A> answer(Operation<Q, A> operation, Q question) {
    Entry<?, ?> entry = entries.get(operation.name());
    if (entry == null) {
      return CompletableFuture.failedStage(
          ApiException.notFound(NOT_OFFERED, operation.name() + " is not offered by this server"));
    }
    try {
      // Both sides use one constant per operation, so the types of the entry are those of the
      // question.
      @SuppressWarnings("unchecked")
      OperationHandler<Q, A> answering = (OperationHandler<Q, A>) entry.answering();
      return answering.answer(question).exceptionallyCompose(LinkServer::refused);
    } catch (RuntimeException e) {
      return refused(e);
    }
  }

  /** A full disk is a refusal: the other side must know for certain that nothing was changed. */
  private static <A> CompletionStage<A> refused(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return CompletableFuture.failedStage(
        cause instanceof StorageFullException full
            ? ApiException.diskFull(String.valueOf(full.getMessage()))
            : cause);
  }
}
