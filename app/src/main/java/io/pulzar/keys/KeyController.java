package io.pulzar.keys;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.pulzar.http.BodyText;
import io.pulzar.http.Envelope;
import io.pulzar.roles.OnMaster;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keys over HTTP, at the master: sends clients to the node of their value. No body is read, so that
 * a client which waits for {@code 100 Continue} gets its redirect instead.
 */
@OnMaster
@Controller
final class KeyController {

  private static final String DELETE = "/delete_key/";
  private static final String NODE = "/get_node/";
  private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9.:_\\[\\]-]{1,260}");

  private final Keys keys;

  KeyController(Keys keys) {
    this.keys = keys;
  }

  @Put(WriteOptions.PATH + "{+key}")
  @Consumes(MediaType.ALL)
  HttpResponse<?> put(HttpRequest<?> request) {
    return add(request);
  }

  @Post(WriteOptions.PATH + "{+key}")
  @Consumes(MediaType.ALL)
  HttpResponse<?> post(HttpRequest<?> request) {
    return add(request);
  }

  @Get(WriteOptions.READ_PATH + "{+key}")
  HttpResponse<?> get(HttpRequest<?> request) {
    Key key = WriteOptions.key(request, WriteOptions.READ_PATH);
    return redirect(keys.urlOf(key));
  }

  @Get(NODE + "{+key}")
  Envelope node(HttpRequest<?> request) {
    Key key = WriteOptions.key(request, NODE);
    WriteOptions write = new WriteOptions(key, Optional.empty(), false);
    String target = target(request, keys.nodeForNew(write, -1), key, null);
    return Envelope.ok(Map.of("node", target), "ok");
  }

  @Delete(DELETE + "{+key}")
  @Consumes(MediaType.ALL)
  CompletionStage<Envelope> delete(HttpRequest<?> request) {
    return keys.delete(
            WriteOptions.key(request, DELETE), WriteCondition.of(true, request.getHeaders()))
        .thenApply(gone -> Envelope.ok(null, "key deleted"));
  }

  private HttpResponse<?> add(HttpRequest<?> request) {
    BodyText.requirePlain(request.getHeaders());
    WriteOptions options = WriteOptions.of(request);
    long size = request.getHeaders().contentLength().orElse(-1);
    String node = keys.nodeForNew(options, size);
    MutableHttpResponse<?> redirect =
        redirect(target(request, node, options.key(), request.getUri().getRawQuery()));
    // The body may or may not follow now, so the connection can't be used again.
    return request.getHeaders().contains(HttpHeaders.EXPECT)
        ? redirect.header(HttpHeaders.CONNECTION, "close")
        : redirect;
  }

  private static MutableHttpResponse<?> redirect(String location) {
    return HttpResponse.status(HttpStatus.TEMPORARY_REDIRECT)
        .header(HttpHeaders.LOCATION, location);
  }

  private static String target(
      HttpRequest<?> request, String node, Key key, @Nullable String query) {
    String parameters =
        Stream.concat(
                Stream.of("url=" + address(request)),
                Optional.ofNullable(query).stream()
                    .flatMap(text -> Stream.of(text.split("&", -1)))
                    .filter(parameter -> !parameter.isEmpty() && !parameter.startsWith("url=")))
            .collect(Collectors.joining("&"));
    return node + "/add_key" + key.encoded() + "?" + parameters;
  }

  /** The master's address as this client knows it. */
  private static String address(HttpRequest<?> request) {
    String named = request.getHeaders().get(HttpHeaders.HOST);
    if (named != null && ADDRESS.matcher(named).matches()) {
      return named;
    }
    return request.getServerAddress().getHostString() + ":" + request.getServerAddress().getPort();
  }
}
