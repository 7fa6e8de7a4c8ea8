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
import io.micronaut.security.annotation.Secured;
import io.pulzar.access.KeyTickets;
import io.pulzar.http.BodyText;
import io.pulzar.http.Envelope;
import io.pulzar.rights.Access;
import io.pulzar.rights.Right;
import io.pulzar.rights.Rights;
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
  private final Access access;
  private final KeyTickets tickets;

  KeyController(Keys keys, Access access, KeyTickets tickets) {
    this.keys = keys;
    this.access = access;
    this.tickets = tickets;
  }

  @Secured(Rights.WRITE_DATA)
  @Put(WriteOptions.PATH + "{+key}")
  @Consumes(MediaType.ALL)
  HttpResponse<?> put(HttpRequest<?> request) {
    return add(request);
  }

  @Secured(Rights.WRITE_DATA)
  @Post(WriteOptions.PATH + "{+key}")
  @Consumes(MediaType.ALL)
  HttpResponse<?> post(HttpRequest<?> request) {
    return add(request);
  }

  @Secured(Rights.READ_DATA)
  @Get(WriteOptions.READ_PATH + "{+key}")
  HttpResponse<?> get(HttpRequest<?> request) {
    Key key = WriteOptions.key(request, WriteOptions.READ_PATH);
    access.of(request).requireData(Right.READ_DATA, key.path());
    return redirect(tickets.onto(keys.urlOf(key)));
  }

  @Secured(Rights.WRITE_DATA)
  @Get(NODE + "{+key}")
  Envelope node(HttpRequest<?> request) {
    Key key = WriteOptions.key(request, NODE);
    WriteOptions write = new WriteOptions(key, Optional.empty(), false);
    access.of(request).requireData(Right.WRITE_DATA, key.path());
    String target = tickets.onto(target(request, keys.nodeForNew(write, -1), key, null));
    return Envelope.ok(Map.of("node", target), "ok");
  }

  @Secured(Rights.WRITE_DATA)
  @Delete(DELETE + "{+key}")
  @Consumes(MediaType.ALL)
  CompletionStage<Envelope> delete(HttpRequest<?> request) {
    Key key = WriteOptions.key(request, DELETE);
    access.of(request).requireData(Right.WRITE_DATA, key.path());
    return keys.delete(key, WriteCondition.of(true, request.getHeaders()))
        .thenApply(gone -> Envelope.ok(null, "key deleted"));
  }

  private HttpResponse<?> add(HttpRequest<?> request) {
    BodyText.requirePlain(request.getHeaders());
    WriteOptions options = WriteOptions.of(request);
    access.of(request).requireData(Right.WRITE_DATA, options.key().path());
    long size = request.getHeaders().contentLength().orElse(-1);
    String node = keys.nodeForNew(options, size);
    MutableHttpResponse<?> redirect =
        redirect(
            tickets.onto(target(request, node, options.key(), request.getUri().getRawQuery())));
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
