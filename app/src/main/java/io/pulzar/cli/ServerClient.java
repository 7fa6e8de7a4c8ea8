package io.pulzar.cli;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.pulzar.http.NoAnswerReason;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Talks to a master as any client does, and knows the envelope. */
final class ServerClient implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final Argument<Map<String, Object>> OBJECT =
      Argument.mapOf(String.class, Object.class);
  private static final String DATA = "data:";

  private final URI server;
  private final Optional<String> token;
  private final Optional<String> peerToken;
  private final JsonMapper json = JsonMapper.createDefault();
  private final HttpClient client;

  /**
   * Talks to one server.
   *
   * @param token sent with each request
   * @param peerToken what installations show each other
   */
  ServerClient(
      URI server, HttpClient.Builder client, Optional<String> token, Optional<String> peerToken) {
    this.server = server;
    this.token = token;
    this.peerToken = peerToken;
    this.client =
        client.connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NORMAL).build();
  }

  /**
   * Asks with GET.
   *
   * @param path with its query, encoded
   * @return the envelope's data
   * @throws RefusedException with the server's message
   */
  @Nullable Object get(String path) {
    return data(send(request(path).GET().build()));
  }

  /** The same with POST; a body of null is an empty one. */
  @Nullable Object post(String path, @Nullable Object body) {
    return send("POST", path, body);
  }

  /** The same with PUT. */
  @Nullable Object put(String path, Object body) {
    return send("PUT", path, body);
  }

  /** The same with PUT and a text as it is. */
  @Nullable Object putPlain(String path, String text) {
    return data(
        send(
            request(path)
                .header("Content-Type", "text/plain; charset=utf-8")
                .PUT(BodyPublishers.ofString(text))
                .build()));
  }

  /** The same with DELETE. */
  @Nullable Object delete(String path) {
    return send("DELETE", path, null);
  }

  private @Nullable Object send(String method, String path, @Nullable Object body) {
    try {
      HttpRequest.BodyPublisher publisher =
          body == null
              ? BodyPublishers.noBody()
              : BodyPublishers.ofByteArray(json.writeValueAsBytes(body));
      return data(
          send(
              request(path)
                  .header("Content-Type", "application/json")
                  .method(method, publisher)
                  .build()));
    } catch (IOException e) {
      throw new UsageException("the parameters can't be written as JSON: " + e.getMessage());
    }
  }

  /**
   * Reads server-sent events until the server ends them.
   *
   * @param line gets the data of each, line by line
   */
  void follow(String path, Consumer<String> line) {
    HttpRequest request = authorized(path).header("Accept", "text/event-stream").GET().build();
    try {
      HttpResponse<Stream<String>> response = client.send(request, BodyHandlers.ofLines());
      try (Stream<String> lines = response.body()) {
        if (response.statusCode() != 200) {
          throw new RefusedException(path + " is refused with status " + response.statusCode());
        }
        lines
            .filter(text -> text.startsWith(DATA))
            .map(text -> text.substring(DATA.length()))
            .forEach(text -> line.accept(text.startsWith(" ") ? text.substring(1) : text));
      }
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Reads a text line by line, however long it is. */
  void lines(String path, Consumer<String> line) {
    try {
      HttpResponse<Stream<String>> response =
          client.send(authorized(path).build(), BodyHandlers.ofLines());
      try (Stream<String> lines = response.body()) {
        if (response.statusCode() != 200) {
          throw new RefusedException(path + " is refused with status " + response.statusCode());
        }
        lines.filter(text -> !text.isBlank()).forEach(line);
      }
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** What another server, of ours or of the original, answers to {@code /nodes/dump}. */
  Map<?, ?> dumpOf(URI url) {
    HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(url).timeout(ANSWER).build());
    try {
      Map<String, Object> fields = json.readValue(answer.body(), OBJECT);
      if (fields != null && fields.get("data") instanceof Map<?, ?> data) {
        return data;
      }
    } catch (IOException e) {
      throw new RefusedException(url + " does not answer with a dump");
    }
    throw new RefusedException(url + " has no values");
  }

  /** Sets a shared value. */
  void setValue(String name, String value) {
    check(
        send(
            request("/nodes/values/" + encoded(name))
                .header("Content-Type", "text/plain; charset=utf-8")
                .PUT(BodyPublishers.ofString(value))
                .build()));
  }

  /** Stores a finished text record. */
  void putText(String uid, String record) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve("/text/" + encoded(uid) + "?mirror=1&bridge=1"))
            .timeout(ANSWER)
            .header("Accept", "application/json")
            .header("Content-Type", "text/plain; charset=utf-8")
            .PUT(BodyPublishers.ofString(record));
    peerToken.or(() -> token).ifPresent(text -> request.header("Authorization", "Bearer " + text));
    check(send(request.build()));
  }

  private static void check(HttpResponse<byte[]> answer) {
    if (answer.statusCode() != 200) {
      throw new RefusedException(new String(answer.body(), StandardCharsets.UTF_8));
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** What a word means when it is JSON: a number, a list; itself when it is not. */
  Object value(String word) {
    try {
      Object value = json.readValue(word, Argument.OBJECT_ARGUMENT);
      return value == null ? word : value;
    } catch (IOException e) {
      return word;
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private HttpRequest.Builder request(String path) {
    return authorized(path).timeout(ANSWER);
  }

  private HttpRequest.Builder authorized(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
    token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
    return request;
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private @Nullable Object data(HttpResponse<byte[]> response) {
    Map<String, Object> envelope;
    try {
      envelope = json.readValue(response.body(), OBJECT);
    } catch (IOException e) {
      envelope = null;
    }
    if (envelope == null || !envelope.containsKey("status")) {
      throw new RefusedException(server + " does not answer like a Pulzar master");
    }
    if (!"ok".equals(envelope.get("status"))) {
      throw new RefusedException(String.valueOf(envelope.get("msg")));
    }
    return envelope.get("data");
  }

  private RefusedException unreachable(IOException cause) {
    return new RefusedException(
        cause instanceof SSLException
            ? server + " " + NoAnswerReason.reason(cause)
            : "no master answers at "
                + server
                + " ("
                + cause.getClass().getSimpleName()
                + "): start one with pulzar start, or name it with --server URL");
  }

  private RefusedException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new RefusedException("interrupted: " + cause.getMessage());
  }
}
