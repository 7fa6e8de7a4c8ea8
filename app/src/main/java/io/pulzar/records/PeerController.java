package io.pulzar.records;

import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.json.JsonMapper;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.annotation.Secured;
import io.pulzar.http.ApiException;
import io.pulzar.http.WholeBody;
import io.pulzar.records.PeerMessages.Changes;
import io.pulzar.records.PeerMessages.Comparison;
import io.pulzar.records.PeerMessages.Identity;
import io.pulzar.records.PeerMessages.Taken;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnMaster;
import jakarta.inject.Named;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

/** What other installations ask this one; they show its token. */
@OnMaster
@Controller(PeerMessages.PATH)
final class PeerController {

  private static final long MOST_BYTES = 64L << 20;
  private static final Duration HELD = Duration.ofSeconds(10);

  private final PeerStore store;
  private final PeerGuard guard;
  private final JsonMapper json;
  private final ExecutorService threads;

  PeerController(
      PeerStore store,
      PeerGuard guard,
      JsonMapper json,
      @Named(TaskExecutors.BLOCKING) ExecutorService threads) {
    this.store = store;
    this.guard = guard;
    this.json = json;
    this.threads = threads;
  }

  @Secured(Rights.CLUSTER)
  @Post(uri = "identity", consumes = MediaType.ALL)
  CompletionStage<HttpResponse<?>> identity(ServerHttpRequest<?> request) {
    return body(request, body -> new Identity(store.origin(), store.hashes()));
  }

  @Secured(Rights.CLUSTER)
  @Post(uri = "changes", consumes = MediaType.ALL)
  CompletionStage<HttpResponse<?>> changes(ServerHttpRequest<?> request) {
    return body(
        request,
        body -> {
          try {
            return new Taken(store.take(read(body, Changes.class)).toCompletableFuture().join());
          } catch (CompletionException e) {
            if (e.getCause() instanceof HeldChangeException held) {
              throw ApiException.unavailable(
                  "clock_ahead", String.valueOf(held.getMessage()), HELD);
            }
            throw e;
          }
        });
  }

  @Secured(Rights.CLUSTER)
  @Post(uri = "compare", consumes = MediaType.ALL)
  CompletionStage<HttpResponse<?>> compare(ServerHttpRequest<?> request) {
    return body(request, body -> store.compare(read(body, Comparison.class)));
  }

  private CompletionStage<HttpResponse<?>> body(
      ServerHttpRequest<?> request, Function<byte[], Object> answer) {
    guard.checkPresent(request);
    return WholeBody.read(request, MOST_BYTES, PeerController::tooLarge)
        .thenApplyAsync(
            body -> {
              guard.check(request, body);
              return HttpResponse.ok(answer.apply(body));
            },
            threads);
  }

  private <T> T read(byte[] body, Class<T> type) {
    try {
      T message = json.readValue(body, Argument.of(type));
      if (message != null) {
        return message;
      }
    } catch (IOException e) {
      throw ApiException.badRequest("malformed_json", "the body is not the JSON that is expected");
    }
    throw ApiException.badRequest("malformed_json", "the body is empty");
  }

  private static ApiException tooLarge(long most) {
    return ApiException.tooLarge(
        "body_too_large", "what installations tell each other has " + most + " bytes at most");
  }
}
