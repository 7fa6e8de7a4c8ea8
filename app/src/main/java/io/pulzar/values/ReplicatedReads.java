package io.pulzar.values;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.pulzar.access.KeyTickets;
import io.pulzar.http.ApiException;
import io.pulzar.keys.Key;
import io.pulzar.keys.KeyOperations.Standing;
import io.pulzar.roles.OnNode;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Reads of values that several nodes have. Which version of one counts is known to the master only:
 * its redirects name it, and a request that names none is answered after the master was asked. So a
 * node that was away never gives out what was replaced meanwhile.
 */
@OnNode
@Singleton
final class ReplicatedReads {

  private static final String DAMAGED = "value_damaged";

  private final ValueStore store;
  private final ValueReads reads;
  private final ValueAnswers answers;
  private final MasterIndex master;
  private final KeyTickets tickets;

  ReplicatedReads(
      ValueStore store,
      ValueReads reads,
      ValueAnswers answers,
      MasterIndex master,
      KeyTickets tickets) {
    this.store = store;
    this.reads = reads;
    this.answers = answers;
    this.master = master;
    this.tickets = tickets;
  }

  /** The version that the master's redirect named; if it is not here any more, what is now. */
  CompletionStage<HttpResponse<?>> version(HttpRequest<?> request, Key key, String version) {
    return number(version)
        .flatMap(number -> here(request, key, number))
        .orElseGet(() -> elsewhere(key));
  }

  /** The version that the master named, if it is here. */
  Optional<CompletionStage<HttpResponse<?>>> here(HttpRequest<?> request, Key key, long version) {
    return store
        .findVersion(key, version)
        .map(
            value ->
                reads.useOnly(value, found -> orOther(request, key, found), () -> elsewhere(key)));
  }

  /** This version, if the master says that it is the key's value. */
  CompletionStage<HttpResponse<?>> ifItCounts(HttpRequest<?> request, Key key, StoredValue value) {
    return master
        .standing(key, value.id())
        .thenCompose(
            standing ->
                standing.counts()
                    ? orOther(request, key, value)
                    : CompletableFuture.completedStage(other(key, standing)));
  }

  /** A damaged copy is not the only one. */
  private CompletionStage<HttpResponse<?>> orOther(
      HttpRequest<?> request, Key key, StoredValue value) {
    return answers
        .answer(request, value)
        .exceptionallyCompose(
            failure -> {
              Throwable cause =
                  failure instanceof CompletionException && failure.getCause() != null
                      ? failure.getCause()
                      : failure;
              return cause instanceof ApiException refusal && refusal.code().equals(DAMAGED)
                  ? elsewhere(key)
                      .exceptionallyCompose(none -> CompletableFuture.failedStage(refusal))
                  : CompletableFuture.failedStage(failure);
            });
  }

  private CompletionStage<HttpResponse<?>> elsewhere(Key key) {
    return master.standing(key, 0).thenApply(standing -> other(key, standing));
  }

  private HttpResponse<?> other(Key key, Standing standing) {
    if (standing.url() == null) {
      throw ApiException.unavailable(
          "node_offline",
          "The node with the value of %s is not online; try again when it is back".formatted(key),
          Duration.ofSeconds(5));
    }
    return HttpResponse.status(HttpStatus.TEMPORARY_REDIRECT)
        .header(HttpHeaders.LOCATION, tickets.onto(standing.url()));
  }

  private static Optional<Long> number(String version) {
    try {
      return Optional.of(Long.parseUnsignedLong(version, 16));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
