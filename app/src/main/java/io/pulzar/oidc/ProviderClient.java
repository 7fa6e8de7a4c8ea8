package io.pulzar.oidc;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.pulzar.http.ApiException;
import io.pulzar.http.HttpClients;
import io.pulzar.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;

/** Asks the provider, which may be slow, down, or not what it seems. */
final class ProviderClient implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_BYTES = 1 << 20;

  private final HttpClient http;

  ProviderClient(Settings settings) {
    this.http =
        HttpClients.client(settings)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** An answer that was a JSON object. */
  record Answer(int status, Map<String, Object> fields) {

    String text(String name) {
      return fields.get(name) instanceof String text ? text : "";
    }
  }

  /**
   * A JSON document that must be there.
   *
   * @throws ApiException 503 {@code provider_unavailable}
   */
  Answer get(URI url) {
    Answer answer = send(HttpRequest.newBuilder(url).GET());
    if (answer.status() != 200) {
      throw unavailable(url + " answers with status " + answer.status());
    }
    return answer;
  }

  /**
   * What a request is answered.
   *
   * @throws ApiException 503 {@code provider_unavailable}
   */
  Answer send(HttpRequest.Builder asked) {
    HttpRequest request = asked.timeout(PATIENCE).header("Accept", "application/json").build();
    try {
      HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        byte[] bytes = body.readNBytes(MOST_BYTES);
        String text = new String(bytes, StandardCharsets.UTF_8);
        return new Answer(answer.statusCode(), JSONObjectUtils.parse(text));
      }
    } catch (IOException e) {
      throw unavailable(request.uri() + " can't be reached");
    } catch (ParseException e) {
      throw unavailable(request.uri() + " does not answer with a JSON object");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("the server is stopping");
    }
  }

  /** The way out where the provider fails: it must lock nobody out. */
  static ApiException unavailable(String reason) {
    return ApiException.unavailable(
        "provider_unavailable",
        reason
            + ": try again, check the settings pulzar.access.oidc, or sign in by name and password",
        Duration.ofSeconds(5));
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
