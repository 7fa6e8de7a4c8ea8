package io.pulzar.alarms;

import io.pulzar.http.ApiException;
import io.pulzar.http.Excerpt;
import io.pulzar.http.HttpClients;
import io.pulzar.http.NoAnswerReason;
import io.pulzar.roles.Version;
import io.pulzar.settings.Settings;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends webhooks, signed as {@link Signature} says. A receiver has taken one when it answers with
 * 2xx in time. Redirects are not followed: they would lead to where no administrator sent it.
 */
final class WebhookSender implements Sender {

  private static final int LONGEST_WORDS = 300;

  private final AlarmStore store;
  private final WebhookBody bodies;
  private final HttpClient http;
  private final Duration patience;
  private final int answerBytes;
  private final Clock clock;

  WebhookSender(
      AlarmStore store, WebhookBody bodies, AlarmSettings chosen, Settings settings, Clock clock) {
    this.store = store;
    this.bodies = bodies;
    this.patience = chosen.patience();
    this.answerBytes = chosen.most().answerBytes();
    this.clock = clock;
    this.http =
        HttpClients.client(settings)
            .connectTimeout(patience)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public Outcome send(Receiver receiver, Delivery delivery) throws InterruptedException {
    Optional<WebhookTarget> target;
    try {
      target = store.target(receiver.name());
    } catch (ApiException sealed) {
      return new Outcome(false, sealed.getMessage());
    }
    return target.isEmpty()
        ? new Outcome(false, "where it goes is not known any more: set the receiver again")
        : send(request(target.get(), receiver, delivery));
  }

  private HttpRequest request(WebhookTarget target, Receiver receiver, Delivery delivery) {
    byte[] body = bodies.of(delivery.notice(), receiver.name(), receiver.body());
    long second = clock.instant().getEpochSecond();
    return HttpRequest.newBuilder(target.url())
        .timeout(patience)
        .header("Content-Type", "application/json")
        .header("User-Agent", "Pulzar/" + Version.CURRENT)
        .header("webhook-id", delivery.id())
        .header("webhook-timestamp", Long.toString(second))
        .header("webhook-signature", Signature.of(target.key(), delivery.id(), second, body))
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }

  /** The whole exchange has so long, and not only the beginning of the answer. */
  private Outcome send(HttpRequest request) throws InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, head -> new BoundedAnswer(answerBytes));
    try {
      return outcome(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException late) {
      return new Outcome(false, late());
    } catch (ExecutionException failed) {
      return new Outcome(false, reason(Objects.requireNonNullElse(failed.getCause(), failed)));
    } finally {
      answer.cancel(true);
    }
  }

  private static Outcome outcome(HttpResponse<byte[]> answer) {
    int status = answer.statusCode();
    String said =
        Excerpt.of(new String(answer.body(), StandardCharsets.UTF_8), LONGEST_WORDS)
            .text()
            .replaceAll("[\\p{C}\\s]+", " ")
            .strip();
    String words = "answered " + status + (said.isEmpty() ? "" : ": " + said);
    return new Outcome(
        status / 100 == 2,
        status / 100 == 3 ? words + " (redirects are not followed: set the right URL)" : words);
  }

  private String reason(Throwable cause) {
    return cause instanceof HttpTimeoutException
        ? late()
        : "the receiver " + NoAnswerReason.reason(cause);
  }

  private String late() {
    return "no answer within " + patience.toMillis() + " ms (pulzar.alarms.patience)";
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
