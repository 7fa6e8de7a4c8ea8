package io.pulzar.records;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.pulzar.http.NoAnswerReason;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Talks to other installations, of ours and of the originals. Redirects are not followed. */
final class PeerClient implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final String JSON = "application/json";

  private final HttpClient http;
  private final JsonMapper json;

  PeerClient(HttpClient.Builder http, JsonMapper json) {
    this.http = http.connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NEVER).build();
    this.json = json;
  }

  /** No answer came, or none that can be used; the message names no URL. */
  static final class PeerException extends IOException {

    private static final long serialVersionUID = 1L;

    PeerException(String message) {
      super(message);
    }
  }

  /** What a server answered. */
  record Answered(int status, String body, Optional<String> version) {}

  /**
   * Asks what only ours answer.
   *
   * @return empty when the server does not know such questions: it is one of the originals
   * @throws PeerException when it does not answer, or refuses
   */
  <A> Optional<A> ask(PeerServer server, String what, Object question, Argument<A> answer)
      throws PeerException, InterruptedException {
    try {
      BodyPublisher body = BodyPublishers.ofByteArray(json.writeValueAsBytes(question));
      HttpRequest.Builder request =
          request(server, PeerMessages.PATH + what).header("Content-Type", JSON).POST(body);
      Answered answered = send(request);
      if (answered.status() == 404 || answered.status() == 501 || answered.status() == 405) {
        return Optional.empty();
      }
      if (answered.status() != 200) {
        throw refused(answered);
      }
      return Optional.ofNullable(json.readValue(answered.body(), answer));
    } catch (PeerException e) {
      throw e;
    } catch (IOException e) {
      throw new PeerException("its answer can't be read");
    }
  }

  private PeerException refused(Answered answered) {
    String said = "";
    try {
      Map<String, Object> fields =
          json.readValue(answered.body(), Argument.mapOf(String.class, Object.class));
      said = fields == null ? "" : ": " + fields.getOrDefault("msg", "");
    } catch (IOException e) {
      said = "";
    }
    return new PeerException("it refuses with status " + answered.status() + said);
  }

  /**
   * One request to {@code /text} or {@code /nodes}, with a value as a form where there is one.
   *
   * @param path with its query, encoded
   */
  Answered send(PeerServer server, String method, String path, Optional<String> value)
      throws PeerException, InterruptedException {
    BodyPublisher body =
        value
            .map(text -> BodyPublishers.ofString("value=" + encoded(text)))
            .orElseGet(BodyPublishers::noBody);
    HttpRequest.Builder request = request(server, path).method(method, body);
    value.ifPresent(text -> request.header("Content-Type", "application/x-www-form-urlencoded"));
    return send(request);
  }

  /** Asks for a text, unless it still has that version: then the status is 304. */
  Answered unlessStill(PeerServer server, String path, String version)
      throws PeerException, InterruptedException {
    return send(request(server, path).header("If-None-Match", '"' + version + '"').GET());
  }

  private HttpRequest.Builder request(PeerServer server, String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .timeout(ANSWER)
            .header("Accept", JSON)
            .header(PeerMessages.ASKED, "1");
    server.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    return request;
  }

  private Answered send(HttpRequest.Builder request) throws PeerException, InterruptedException {
    try {
      HttpResponse<String> answer =
          http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answered(
          answer.statusCode(), answer.body(), answer.headers().firstValue(TextAnswers.VERSION));
    } catch (IOException e) {
      throw new PeerException("it " + NoAnswerReason.reason(e));
    }
  }

  /** For a path or a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
