package io.pulzar.cli;

import io.pulzar.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Talks to a master as any client does, and knows the envelope. */
final class ServerClient implements AutoCloseable {

  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");

  private final URI server;
  private final Optional<String> token;
  private final ServerConnection connection;

  /**
   * Talks to one server.
   *
   * @param settings whom it trusts
   * @param token sent with each request to this server
   */
  ServerClient(URI server, Settings settings, Optional<String> token) {
    this.server = server;
    this.connection = new ServerConnection(server, settings);
    this.token = token;
  }

  URI address() {
    return server;
  }

  /**
   * Asks with GET.
   *
   * @param path with its query, encoded
   * @return the envelope's data
   * @throws RefusedException with the server's message
   */
  @Nullable Object get(String path) {
    return data(fetch(path));
  }

  /** The same, as it is. */
  HttpResponse<byte[]> fetch(String path) {
    return send(request(path).timeout(ANSWER).build(), BodyHandlers.ofByteArray());
  }

  /** The same with POST; a body of null is an empty one. */
  @Nullable Object post(String path, @Nullable Object body) {
    return send("POST", path, body);
  }

  /** The same with PUT. */
  @Nullable Object put(String path, Object body) {
    return send("PUT", path, body);
  }

  /** The same with DELETE. */
  @Nullable Object delete(String path) {
    return send("DELETE", path, null);
  }

  /**
   * The same with PUT and a text as it is.
   *
   * @param headers name and value in turn
   */
  @Nullable Object putPlain(String path, String text, String... headers) {
    HttpRequest.Builder request =
        request(path)
            .timeout(ANSWER)
            .header("Content-Type", "text/plain; charset=utf-8")
            .PUT(BodyPublishers.ofString(text));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return data(send(request.build(), BodyHandlers.ofByteArray()));
  }

  private @Nullable Object send(String method, String path, @Nullable Object body) {
    BodyPublisher publisher =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(JsonText.bytes(body));
    return data(
        send(
            request(path)
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .method(method, publisher)
                .build(),
            BodyHandlers.ofByteArray()));
  }

  /**
   * Every row of a list that comes page by page.
   *
   * @param name the field by which the rows are in order
   */
  List<Map<?, ?>> pages(String route, String name) {
    List<Map<?, ?>> all = new ArrayList<>();
    String after = "";
    List<Map<?, ?>> page = Fields.objects(get(route + "?after="));
    while (!page.isEmpty()) {
      String last = Fields.text(page.getLast(), name);
      if (last.equals(after)) {
        // An older server answers with all of them each time.
        return all;
      }
      all.addAll(page);
      after = last;
      page = Fields.objects(get(route + "?after=" + UrlText.part(after)));
    }
    return all;
  }

  /**
   * The rows of a list whose header {@code Link} names the next page.
   *
   * @param most how many are wanted
   */
  List<Map<?, ?>> pages(String path, int most) {
    List<Map<?, ?>> all = new ArrayList<>();
    Optional<String> next = Optional.of(path);
    while (next.isPresent() && all.size() < most) {
      HttpResponse<byte[]> page = fetch(next.get());
      all.addAll(Fields.objects(data(page)));
      next =
          page.headers()
              .firstValue("Link")
              .map(NEXT::matcher)
              .filter(Matcher::matches)
              .map(link -> link.group(1));
    }
    return all.subList(0, Math.min(most, all.size()));
  }

  /**
   * Reads an answer line by line, however long it is.
   *
   * @param request without a limit of time
   */
  void lines(HttpRequest request, Consumer<String> line) {
    HttpResponse<Stream<String>> response = send(request, BodyHandlers.ofLines());
    try (Stream<String> lines = response.body()) {
      if (response.statusCode() != 200) {
        String body = lines.reduce("", (all, one) -> all + one + "\n");
        throw refusal(response, body.getBytes(StandardCharsets.UTF_8));
      }
      lines.forEach(line);
    } catch (UncheckedIOException e) {
      throw unreachable(Objects.requireNonNullElseGet(e.getCause(), IOException::new));
    }
  }

  /** A request to this server, with who sends it. */
  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
    token.ifPresent(text -> request.header(ServerConnection.AUTHORIZATION, "Bearer " + text));
    return request;
  }

  /**
   * Sends one, and again where it is sent on to.
   *
   * @throws NoServerException when nobody answers
   */
  <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
    return connection.send(request, handler);
  }

  /** What an envelope says; a refusal is an exception. */
  @Nullable Object data(HttpResponse<byte[]> response) {
    Map<?, ?> envelope = JsonText.object(response.body()).orElseGet(Map::of);
    if (!"ok".equals(envelope.get("status"))) {
      throw refusal(response, response.body());
    }
    return envelope.get("data");
  }

  /** Why an answer is none. */
  RefusedException refusal(HttpResponse<?> response, byte[] body) {
    return new RefusedException(
        JsonText.object(body)
            .filter(envelope -> envelope.containsKey("status"))
            .map(envelope -> String.valueOf(envelope.get("msg")))
            .orElse(
                server
                    + " does not answer like a Pulzar master (status "
                    + response.statusCode()
                    + ")"));
  }

  /** What to say when no answer comes, or half of one. */
  NoServerException unreachable(IOException cause) {
    return connection.unreachable(cause);
  }

  @Override
  public void close() {
    connection.close();
  }
}
