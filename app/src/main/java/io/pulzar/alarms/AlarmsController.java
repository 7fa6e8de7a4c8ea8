package io.pulzar.alarms;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.pulzar.http.ApiException;
import io.pulzar.http.Envelope;
import io.pulzar.jobs.QueryNumbers;
import io.pulzar.rights.Access;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnMaster;
import java.time.Clock;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Alarms over HTTP, for administrators only: a receiver makes this server send requests to wherever
 * it says.
 */
@OnMaster
@Controller("/admin/alarms")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(Rights.ADMINISTER)
final class AlarmsController {

  private final AlarmStore store;
  private final DeliveryStore deliveries;
  private final ReceiverTrial trial;
  private final WebhookBody bodies;
  private final MailSender mails;
  private final AlarmSettings settings;
  private final Access access;
  private final Clock clock;

  AlarmsController(
      AlarmStore store,
      DeliveryStore deliveries,
      ReceiverTrial trial,
      WebhookBody bodies,
      MailSender mails,
      AlarmSettings settings,
      Access access,
      Clock clock) {
    this.store = store;
    this.deliveries = deliveries;
    this.trial = trial;
    this.bodies = bodies;
    this.mails = mails;
    this.settings = settings;
    this.access = access;
    this.clock = clock;
  }

  @Get
  Envelope all() {
    return Envelope.ok(
        new AlarmViews.All(
            store.receivers().stream().map(AlarmViews.OfReceiver::of).toList(),
            store.rules().stream().map(AlarmViews.OfRule::of).toList(),
            mails.isSet()));
  }

  /** The last notices, the newest first. */
  @Get("/deliveries")
  Envelope deliveries(@QueryValue @Nullable String limit) {
    return Envelope.ok(
        deliveries.newest(QueryNumbers.limit(limit)).stream()
            .map(AlarmViews.OfDelivery::of)
            .toList());
  }

  @Put("/receivers/{name}")
  CompletionStage<HttpResponse<Envelope>> putReceiver(
      HttpRequest<?> request, String name, @Body ReceiverWish wish) {
    ReceiverWish.Checked checked =
        wish.check(
            ReceiverWish.name(name),
            store.receiver(name),
            () -> store.target(name),
            bodies,
            settings.most(),
            mails.isSet(),
            clock.instant(),
            access.of(request).name());
    return store
        .put(checked.receiver(), checked.target())
        .thenApply(
            isNew -> {
              String done = isNew ? "receiver added" : "receiver changed";
              Envelope answer =
                  checked
                      .made()
                      .map(
                          secret ->
                              Envelope.ok(
                                  new AlarmViews.Made(name, secret),
                                  done + ": its secret is shown this once"))
                      .orElseGet(() -> Envelope.ok(null, done));
              return isNew ? HttpResponse.created(answer) : HttpResponse.ok(answer);
            });
  }

  @Delete(uri = "/receivers/{name}", consumes = MediaType.ALL)
  CompletionStage<Envelope> removeReceiver(String name) {
    return store
        .removeReceiver(name)
        .thenApply(
            removed -> {
              if (!removed) {
                throw unknownReceiver(name);
              }
              return Envelope.ok(null, "receiver removed");
            });
  }

  /** Tells a receiver something now, and answers how that went. */
  @Post(uri = "/receivers/{name}/test", consumes = MediaType.ALL)
  Envelope test(String name) throws InterruptedException {
    Receiver receiver = store.receiver(name).orElseThrow(() -> unknownReceiver(name));
    AlarmViews.Tested tested = trial.of(receiver);
    return Envelope.ok(
        tested, tested.sent() ? "the test was taken" : "the test was not taken: see the outcome");
  }

  @Put("/rules/{name}")
  CompletionStage<HttpResponse<Envelope>> putRule(
      HttpRequest<?> request, String name, @Body RuleWish wish) {
    return store
        .put(wish.check(name, clock.instant(), access.of(request).name()))
        .thenApply(
            isNew ->
                isNew
                    ? HttpResponse.created(Envelope.ok(null, "rule added"))
                    : HttpResponse.ok(Envelope.ok(null, "rule changed")));
  }

  @Delete(uri = "/rules/{name}", consumes = MediaType.ALL)
  CompletionStage<Envelope> removeRule(String name) {
    return store
        .removeRule(name)
        .thenApply(
            removed -> {
              if (!removed) {
                throw ApiException.notFound("rule_not_found", "there is no rule " + name);
              }
              return Envelope.ok(null, "rule removed");
            });
  }

  private static ApiException unknownReceiver(String name) {
    return ApiException.notFound("receiver_not_found", "there is no receiver " + name);
  }
}
