package io.pulzar.values;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.security.annotation.Secured;
import io.pulzar.http.BodyText;
import io.pulzar.http.Envelope;
import io.pulzar.keys.Key;
import io.pulzar.keys.WriteOptions;
import io.pulzar.rights.Access;
import io.pulzar.rights.Right;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnNode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Values over HTTP, at the node that holds them. */
@OnNode
@Controller
final class ValueController {

  private final ValueSink writes;
  private final ValueReads reads;
  private final ValueAnswers answers;
  private final ReplicatedReads shared;
  private final Optional<BucketReads> bucket;
  private final NodeAddress address;
  private final Access access;

  ValueController(
      ValueSink writes,
      ValueReads reads,
      ValueAnswers answers,
      ReplicatedReads shared,
      Optional<BucketReads> bucket,
      NodeAddress address,
      Access access) {
    this.writes = writes;
    this.reads = reads;
    this.answers = answers;
    this.shared = shared;
    this.bucket = bucket;
    this.address = address;
    this.access = access;
  }

  @Secured(Rights.WRITE_DATA)
  @Put(WriteOptions.PATH + "{+key}")
  @Consumes(MediaType.ALL)
  CompletionStage<HttpResponse<?>> put(HttpRequest<?> request) {
    return add(request);
  }

  @Secured(Rights.WRITE_DATA)
  @Post(WriteOptions.PATH + "{+key}")
  @Consumes(MediaType.ALL)
  CompletionStage<HttpResponse<?>> post(HttpRequest<?> request) {
    return add(request);
  }

  @Secured(Rights.READ_DATA)
  @Get(WriteOptions.READ_PATH + "{+key}")
  CompletionStage<HttpResponse<?>> get(HttpRequest<?> request) {
    Key key = WriteOptions.key(request, WriteOptions.READ_PATH);
    access.of(request).requireData(Right.READ_DATA, key.path());
    String version =
        request.getUri().getRawQuery() == null
            ? null
            : request.getParameters().get(WriteOptions.VERSION);
    if (version != null) {
      return shared.version(request, key, version);
    }
    return bucket.isPresent()
        ? bucket
            .get()
            .get(
                request,
                key,
                counting -> shared.here(request, key, counting).orElseGet(() -> here(request, key)))
        : here(request, key);
  }

  private CompletionStage<HttpResponse<?>> here(HttpRequest<?> request, Key key) {
    return reads.use(
        key,
        value ->
            value.shared().isShared()
                ? shared.ifItCounts(request, key, value)
                : answers.answer(request, value));
  }

  private CompletionStage<HttpResponse<?>> add(HttpRequest<?> request) {
    BodyText.requirePlain(request.getHeaders());
    WriteOptions options = WriteOptions.of(request);
    access.of(request).requireData(Right.WRITE_DATA, options.key().path());
    return writes
        .write(options, HttpUpload.of(request))
        .thenApply(
            value ->
                HttpResponse.created(
                    Envelope.ok(
                        Map.of("url", address.url() + "/get_key" + options.key().encoded()),
                        "key added")));
  }
}
