package io.pulzar.cli;

import io.pulzar.http.HttpClients;
import io.pulzar.http.NoAnswerReason;
import io.pulzar.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLException;

/** Sends requests to one server, and to those that it sends on to. */
final class ServerConnection implements AutoCloseable {

  static final String AUTHORIZATION = "Authorization";

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int MOST_REDIRECTS = 5;

  private final URI server;
  private final Settings settings;

  /** By scheme; most commands need one. */
  private final Map<String, HttpClient> clients = new HashMap<>();

  /**
   * @param settings whom it trusts
   */
  ServerConnection(URI server, Settings settings) {
    this.server = server;
    this.settings = settings;
  }

  /**
   * Sends one, and again where it is sent on to; a token goes to no other server.
   *
   * @throws NoServerException when nobody answers
   */
  <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
    try {
      HttpResponse<T> response = client(request.uri()).send(request, handler);
      HttpRequest sent = request;
      for (int count = 0; count < MOST_REDIRECTS && isElsewhere(response); count++) {
        URI next = sent.uri().resolve(response.headers().firstValue("Location").orElseThrow());
        if (next.getHost() == null) {
          throw new RefusedException(server + " sends on to " + next + ", which is no server");
        }
        boolean isSame = next.getRawAuthority().equals(sent.uri().getRawAuthority());
        sent =
            HttpRequest.newBuilder(
                    sent, (name, value) -> isSame || !name.equalsIgnoreCase(AUTHORIZATION))
                .uri(next)
                .build();
        response = client(next).send(sent, handler);
      }
      return response;
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException("interrupted");
    }
  }

  private HttpClient client(URI url) {
    return clients.computeIfAbsent(
        url.getScheme(),
        scheme ->
            HttpClients.client(settings, scheme)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build());
  }

  private static boolean isElsewhere(HttpResponse<?> response) {
    return response.statusCode() >= 301
        && response.statusCode() <= 308
        && response.headers().firstValue("Location").isPresent();
  }

  /** What to say when no answer comes, or half of one. */
  NoServerException unreachable(IOException cause) {
    return new NoServerException(
        cause instanceof SSLException
            ? server + " " + NoAnswerReason.reason(cause)
            : "no master answers at "
                + server
                + " ("
                + cause.getClass().getSimpleName()
                + "): start one with pulzar start, or name it with --server URL");
  }

  @Override
  public void close() {
    clients.values().forEach(HttpClient::shutdownNow);
  }
}
