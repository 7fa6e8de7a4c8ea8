package io.pulzar.alarms;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.json.JsonMapper;
import io.pulzar.jobs.JobRuns;
import io.pulzar.roles.OnMaster;
import io.pulzar.scripts.Scripts;
import io.pulzar.secrets.SealedTexts;
import io.pulzar.settings.Settings;
import io.pulzar.storage.Database;
import io.pulzar.upkeep.Loops;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;

/** Puts the feature together; everything that it makes is plain Java. */
@OnMaster
@Factory
final class AlarmsFactory {

  @Singleton
  AlarmSettings settings(Settings settings) {
    return AlarmSettings.of(settings);
  }

  @Singleton
  AlarmStore store(JobRuns runs, SealedTexts sealed, AlarmSettings settings) {
    return new AlarmStore(runs.database(), sealed, settings.most());
  }

  @Singleton
  DeliveryStore deliveries(JobRuns runs, AlarmSettings settings) {
    return new DeliveryStore(runs.database(), settings.most(), new SecureRandom().nextLong());
  }

  @Singleton
  NoticeWords words(AlarmSettings settings) {
    return new NoticeWords(settings);
  }

  @Singleton
  WebhookBody bodies(NoticeWords words, JsonMapper json) {
    return new WebhookBody(words, json);
  }

  @Singleton
  @Bean(preDestroy = "close")
  WebhookSender webhooks(
      AlarmStore store, WebhookBody bodies, AlarmSettings chosen, Settings settings, Clock clock) {
    return new WebhookSender(store, bodies, chosen, settings, clock);
  }

  @Singleton
  MailSender mails(NoticeWords words, AlarmSettings chosen, Settings settings) {
    return new MailSender(SmtpSettings.of(settings), words, chosen.patience(), settings);
  }

  @Singleton
  AlarmMetrics counted(MeterRegistry metrics, DeliveryStore deliveries) {
    return AlarmMetrics.of(metrics, deliveries);
  }

  @Singleton
  DeliveryRunner runner(
      AlarmStore store,
      DeliveryStore deliveries,
      WebhookSender webhooks,
      MailSender mails,
      AlarmSettings settings,
      AlarmMetrics counted,
      Clock clock) {
    return new DeliveryRunner(store, deliveries, webhooks, mails, settings, counted, clock);
  }

  @Singleton
  ReceiverTrial trial(DeliveryRunner runner, Clock clock) {
    return new ReceiverTrial(runner, clock);
  }

  /** Runs as long as the master does, whether somebody asks for it or not. */
  @Context
  @Bean(preDestroy = "close")
  AlarmRounds rounds(
      JobRuns runs,
      DeliveryStore deliveries,
      DeliveryRunner runner,
      Scripts scripts,
      AlarmSettings settings,
      AlarmMetrics counted,
      Clock clock,
      Loops loops) {
    Database database = runs.database();
    return new AlarmRounds(
        new RunAlarms(database, deliveries, scripts, settings, clock),
        new LateAlarms(database, deliveries, settings.every()),
        new WaitingAlarms(database, deliveries, settings.every(), settings.most().lookedAt()),
        runner,
        counted,
        settings,
        clock,
        loops);
  }
}
