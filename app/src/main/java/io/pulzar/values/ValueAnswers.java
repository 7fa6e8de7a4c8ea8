package io.pulzar.values;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.body.ByteBodyFactory;
import io.micronaut.scheduling.TaskExecutors;
import io.pulzar.roles.OnNode;
import io.pulzar.values.ValueReads.Bytes;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

/** Turns a version into the answer to a request for it: all of it, a part, or only its head. */
@OnNode
@Singleton
final class ValueAnswers {

  private final ValueReads reads;
  private final ExecutorService disk;

  ValueAnswers(ValueReads reads, @Named(TaskExecutors.BLOCKING) ExecutorService disk) {
    this.reads = reads;
    this.disk = disk;
  }

  /** What the request asks for; to be used inside {@link ValueReads#use}. */
  CompletionStage<HttpResponse<?>> answer(HttpRequest<?> request, StoredValue value) {
    return answer(request, value, reads);
  }

  /** The same with bytes from somewhere else. */
  CompletionStage<HttpResponse<?>> answer(
      HttpRequest<?> request, StoredValue value, ByteSource source) {
    return switch (conditions(request).judge(value.entityTag(), value.written())) {
      case SERVE -> serve(request, value, source);
      case NOT_MODIFIED -> done(described(HttpStatus.NOT_MODIFIED, value));
      case FAILED -> done(described(HttpStatus.PRECONDITION_FAILED, value));
    };
  }

  /** All of it, whatever the request says. */
  CompletionStage<HttpResponse<?>> whole(HttpRequest<?> request, StoredValue value) {
    return send(request, value, reads, HttpStatus.OK, new ByteRange(0, value.size()));
  }

  private CompletionStage<HttpResponse<?>> serve(
      HttpRequest<?> request, StoredValue value, ByteSource source) {
    if (request.getMethod() == HttpMethod.HEAD) {
      return done(content(HttpStatus.OK, value, value.size()));
    }
    Optional<ByteRange> part =
        conditions(request).allowsPart(value.entityTag(), value.written())
            ? ByteRange.parse(request.getHeaders().get(HttpHeaders.RANGE), value.size())
            : Optional.empty();
    if (part.isEmpty()) {
      return send(request, value, source, HttpStatus.OK, new ByteRange(0, value.size()));
    }
    if (!part.get().isSatisfiable()) {
      return done(
          described(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE, value)
              .header(HttpHeaders.CONTENT_RANGE, part.get().of(value.size())));
    }
    return send(request, value, source, HttpStatus.PARTIAL_CONTENT, part.get());
  }

  private CompletionStage<HttpResponse<?>> send(
      HttpRequest<?> request,
      StoredValue value,
      ByteSource source,
      HttpStatus status,
      ByteRange part) {
    MutableHttpResponse<Object> response = content(status, value, part.length());
    if (status == HttpStatus.PARTIAL_CONTENT) {
      response.header(HttpHeaders.CONTENT_RANGE, part.of(value.size()));
    }
    return source
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
      HttpRequest<?> request, StoredValue value, long length, VerifiedBytes file) {
    ByteBodyFactory bodies = ((ServerHttpRequest<?>) request).byteBodyFactory();
    return bodies.adapt(new FilePublisher(file, value.key(), disk), OptionalLong.of(length));
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

  private static CompletionStage<HttpResponse<?>> done(HttpResponse<?> response) {
    return CompletableFuture.completedStage(response);
  }
}
