package io.pulzar.values;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.body.ByteBodyFactory;
import io.micronaut.scheduling.TaskExecutors;
import io.pulzar.http.Envelope;
import io.pulzar.keys.Key;
import io.pulzar.keys.WriteOptions;
import io.pulzar.roles.OnNode;
import io.pulzar.values.ValueReads.Bytes;
import jakarta.inject.Named;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

/** Values over HTTP, at the node that holds them. */
@OnNode
@Controller
final class ValueController {

  private final ValueWrites writes;
  private final ValueReads reads;
  private final NodeAddress address;
  private final ExecutorService disk;

  ValueController(
      ValueWrites writes,
      ValueReads reads,
      NodeAddress address,
      @Named(TaskExecutors.BLOCKING) ExecutorService disk) {
    this.writes = writes;
    this.reads = reads;
    this.address = address;
    this.disk = disk;
  }

  @Put(WriteOptions.PATH + "{+key}")
  @Consumes(MediaType.ALL)
  CompletionStage<HttpResponse<?>> put(HttpRequest<?> request) {
    return add(request);
  }

  @Post(WriteOptions.PATH + "{+key}")
  @Consumes(MediaType.ALL)
  CompletionStage<HttpResponse<?>> post(HttpRequest<?> request) {
    return add(request);
  }

  @Get(WriteOptions.READ_PATH + "{+key}")
  CompletionStage<HttpResponse<?>> get(HttpRequest<?> request) {
    Key key = WriteOptions.key(request, WriteOptions.READ_PATH);
    return reads.use(
        key,
        value ->
            switch (conditions(request).judge(value.entityTag(), value.written())) {
              case SERVE -> serve(request, value);
              case NOT_MODIFIED -> answer(described(HttpStatus.NOT_MODIFIED, value));
              case FAILED -> answer(described(HttpStatus.PRECONDITION_FAILED, value));
            });
  }

  private CompletionStage<HttpResponse<?>> add(HttpRequest<?> request) {
    WriteOptions options = WriteOptions.of(request);
    return writes
        .write(options, HttpUpload.of(request))
        .thenApply(
            value ->
                HttpResponse.created(
                    Envelope.ok(
                        Map.of("url", address.url() + "/get_key" + options.key().encoded()),
                        "key added")));
  }

  private CompletionStage<HttpResponse<?>> serve(HttpRequest<?> request, StoredValue value) {
    if (request.getMethod() == HttpMethod.HEAD) {
      return answer(content(HttpStatus.OK, value, value.size()));
    }
    Optional<ByteRange> part =
        conditions(request).allowsPart(value.entityTag(), value.written())
            ? ByteRange.parse(request.getHeaders().get(HttpHeaders.RANGE), value.size())
            : Optional.empty();
    if (part.isEmpty()) {
      return send(request, value, HttpStatus.OK, new ByteRange(0, value.size()));
    }
    if (!part.get().isSatisfiable()) {
      return answer(
          described(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE, value)
              .header(HttpHeaders.CONTENT_RANGE, part.get().of(value.size())));
    }
    return send(request, value, HttpStatus.PARTIAL_CONTENT, part.get());
  }

  private CompletionStage<HttpResponse<?>> send(
      HttpRequest<?> request, StoredValue value, HttpStatus status, ByteRange part) {
    MutableHttpResponse<Object> response = content(status, value, part.length());
    if (status == HttpStatus.PARTIAL_CONTENT) {
      response.header(HttpHeaders.CONTENT_RANGE, part.of(value.size()));
    }
    return reads
        .open(value, part.from(), part.length())
        .thenApply(
            bytes ->
                switch (bytes) {
                  case Bytes.InMemory inMemory -> response.body(inMemory.bytes());
                  case Bytes.OnDisk onDisk ->
                      response.body(streamed(request, value, part.length(), onDisk.file()));
                });
  }

  private Object streamed(
      HttpRequest<?> request, StoredValue value, long length, VerifiedFile file) {
    ByteBodyFactory bodies = ((ServerHttpRequest<?>) request).byteBodyFactory();
    FilePublisher publisher =
        new FilePublisher(file, value.key(), bodies.readBufferFactory(), disk);
    return bodies.adapt(publisher, OptionalLong.of(length));
  }

  private static MutableHttpResponse<Object> content(
      HttpStatus status, StoredValue value, long length) {
    return described(status, value)
        .contentType(MediaType.APPLICATION_OCTET_STREAM_TYPE)
        .contentLength(length)
        .header(HttpHeaders.ACCEPT_RANGES, "bytes");
  }

  private static MutableHttpResponse<Object> described(HttpStatus status, StoredValue value) {
    return HttpResponse.status(status)
        .header(HttpHeaders.ETAG, value.entityTag())
        .header(HttpHeaders.LAST_MODIFIED, Preconditions.httpDate(value.written()));
  }

  private static Preconditions conditions(HttpRequest<?> request) {
    HttpHeaders headers = request.getHeaders();
    return new Preconditions(
        headers.get(HttpHeaders.IF_MATCH),
        headers.get(HttpHeaders.IF_NONE_MATCH),
        headers.get(HttpHeaders.IF_MODIFIED_SINCE),
        headers.get(HttpHeaders.IF_UNMODIFIED_SINCE),
        headers.get(HttpHeaders.IF_RANGE));
  }

  private static CompletionStage<HttpResponse<?>> answer(HttpResponse<?> response) {
    return CompletableFuture.completedStage(response);
  }
}
