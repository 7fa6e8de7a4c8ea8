package io.pulzar.link;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.http.ApiException;
import io.pulzar.http.HttpClients;
import io.pulzar.http.NoAnswerReason;
import io.pulzar.settings.Settings;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Links that cross the network: each question is a signed POST, each answer is signed too. */
@Singleton
public final class HttpLinks {

  static final String PATH = "/skynet/";

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Argument<Refusal> REFUSAL = Argument.of(Refusal.class);

  private final ClusterKey key;
  private final Clock clock;
  private final JsonMapper json;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client;

  @Inject
  HttpLinks(ClusterKey key, Clock clock, JsonMapper json, Settings settings) {
    this.key = key;
    this.clock = clock;
    this.json = json;
    this.client = HttpClients.client(settings).connectTimeout(CONNECT).executor(threads).build();
  }

  /** The part of an error's envelope that travels on. */
  @Serdeable
  record Refusal(@Nullable String msg, @Nullable String code) {

    String text() {
      return msg == null ? "refused without a reason" : msg;
    }
  }

  /** The link to the server at {@code url}. */
  public Link to(String url) {
    return new HttpLink(url);
  }

  @PreDestroy
  void close() {
    client.shutdownNow();
    threads.shutdownNow();
  }

  private final class HttpLink implements Link {

    private final String url;

    private HttpLink(String url) {
      this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    @Override
    public <Q, A> CompletionStage<A> ask(Operation<Q, A> operation, Q question) {
      String path = PATH + operation.name();
      String nonce = UUID.randomUUID().toString();
      HttpRequest request;
      try {
        byte[] body = json.writeValueAsBytes(operation.question(), question);
        Passport passport =
            Passport.sign(key, Passport.Subject.of("POST", path, body), clock.instant(), nonce);
        request =
            HttpRequest.newBuilder(URI.create(url + path))
                .timeout(operation.patience())
                .header("Content-Type", "application/json")
                .header(Passport.HEADER, passport.header())
                .POST(BodyPublishers.ofByteArray(body))
                .build();
      } catch (IOException e) {
        return CompletableFuture.failedStage(
            new IllegalArgumentException(operation.name() + " can't be written as JSON", e));
      }
      return client
          .sendAsync(request, BodyHandlers.ofByteArray())
          .handle(
              (response, failure) -> {
                if (failure != null) {
                  throw new LinkDownException(url + " " + NoAnswerReason.reason(failure), failure);
                }
                return read(operation, nonce, response);
              });
    }

    private <A> A read(Operation<?, A> operation, String nonce, HttpResponse<byte[]> response) {
      int status = response.statusCode();
      byte[] body = response.body();
      try {
        if (status == 401) {
          throw ApiException.unauthorized(refusal(body).text());
        }
        String expected = Passport.signAnswer(key, nonce, status, body);
        String signature = response.headers().firstValue(Passport.HEADER).orElse("");
        if (!MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.US_ASCII),
            signature.getBytes(StandardCharsets.UTF_8))) {
          throw new IOException("the answer is not signed with this cluster's key");
        }
        if (status == 200) {
          return answer(operation, body);
        }
        Refusal refusal = refusal(body);
        throw new ApiException(
            status, String.valueOf(refusal.code()), refusal.text(), null, retryAfter(response));
      } catch (IOException e) {
        throw new LinkDownException(
            url + " gave an answer that does not come from this cluster", e);
      }
    }
  }

  private <A> A answer(Operation<?, A> operation, byte[] body) throws IOException {
    A answer = json.readValue(body, operation.answer());
    if (answer == null) {
      throw new IOException("the answer to " + operation.name() + " is empty");
    }
    return answer;
  }

  private Refusal refusal(byte[] body) throws IOException {
    Refusal refusal = json.readValue(body, REFUSAL);
    return refusal == null ? new Refusal(null, null) : refusal;
  }

  private static @Nullable Duration retryAfter(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(seconds -> seconds.matches("\\d{1,6}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
        .orElse(null);
  }
}
