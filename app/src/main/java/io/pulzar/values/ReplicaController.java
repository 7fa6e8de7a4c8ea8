package io.pulzar.values;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.pulzar.http.ApiException;
import io.pulzar.keys.Key;
import io.pulzar.link.ClusterGuard;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.CompletionStage;

/** Gives versions to other nodes of the cluster, also those that nobody else can see yet. */
@OnNode
@Controller
final class ReplicaController {

  private final ClusterGuard guard;
  private final ValueStore store;
  private final ValueAnswers answers;

  ReplicaController(ClusterGuard guard, ValueStore store, ValueAnswers answers) {
    this.guard = guard;
    this.store = store;
    this.answers = answers;
  }

  @Secured(Rights.CLUSTER)
  @Get(ReplicaTransfer.PATH + "{id}/{key}")
  CompletionStage<HttpResponse<?>> give(HttpRequest<?> request, long id, String key) {
    guard.check(request);
    StoredValue value =
        store
            .version(key(key), id)
            .orElseThrow(
                () -> ApiException.notFound("key_not_found", "This version is not here any more"));
    // From now on this node can't know whether its version is the key's value.
    return store.share(value).thenCompose(shared -> answers.whole(request, shared));
  }

  private static Key key(String digits) {
    try {
      return new Key(new String(HexFormat.of().parseHex(digits), StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest("bad_parameter", "The key must be hexadecimal digits");
    }
  }
}
