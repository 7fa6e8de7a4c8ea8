package io.pulzar.jobs;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.json.JsonMapper;
import io.pulzar.cluster.NodeRegistry;
import io.pulzar.link.ClusterKey;
import io.pulzar.roles.OnMaster;
import io.pulzar.scripts.RuntimeChoice;
import io.pulzar.scripts.ScriptDocumentation;
import io.pulzar.scripts.ScriptSettings;
import io.pulzar.scripts.Scripts;
import io.pulzar.secrets.RunSecrets;
import io.pulzar.secrets.SealedParameters;
import io.pulzar.settings.Settings;
import io.pulzar.storage.Database;
import io.pulzar.storage.StorageEngine;
import io.pulzar.storage.Table;
import io.pulzar.tracing.TracingSwitch;
import io.pulzar.upkeep.Loops;
import io.pulzar.upkeep.RunningTime;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the feature together; everything that it makes is plain Java. */
@Factory
@OnMaster
final class JobsFactory {

  private static final Duration A_DAY = Duration.ofDays(1);
  private static final String DATABASE = "jobs";

  @Singleton
  JobSettings settings(Settings settings) {
    return JobSettings.of(settings);
  }

  @Singleton
  @Named(DATABASE)
  @Bean(preDestroy = "close")
  Database database(StorageEngine storage, JobSettings settings, List<TablesBesideJobs> others) {
    List<Table<?, ?>> tables = new ArrayList<>(JobTables.ALL);
    others.forEach(feature -> tables.addAll(feature.tables()));
    return storage.open(settings.store(), tables);
  }

  @Singleton
  JobStore store(
      @Named(DATABASE) Database database, JobSettings settings, List<JobEndNotes> endNotes) {
    return new JobStore(database, A_DAY, settings.idempotencyKeys(), endNotes);
  }

  @Singleton
  JobTraces traces(@Named(DATABASE) Database database, TracingSwitch tracing) {
    return new JobTraces(database, tracing.tracing());
  }

  @Singleton
  JobSignals signals(MeterRegistry metrics, JobTraces traces) {
    JobSignals signals = new JobSignals();
    signals.onEveryEnd(JobCounters.of(metrics)::count);
    signals.onEveryEnd(traces::ended);
    return signals;
  }

  @Singleton
  JobNodes nodes(NodeRegistry registry, Scripts scripts) {
    return new RegisteredNodes(registry, scripts);
  }

  @Singleton
  RuntimeChoice runtimes(Settings settings) {
    return new RuntimeChoice(ScriptSettings.RUNTIMES, settings.get(ScriptSettings.RUNTIMES));
  }

  @Singleton
  RunLimitsPolicy terms(
      JobSettings settings,
      RuntimeChoice runtimes,
      Scripts scripts,
      RunSecrets secrets,
      SealedParameters parameters,
      ClusterKey key,
      JsonMapper json) {
    return new RunLimitsPolicy(
        settings.limits(),
        runtimes,
        path -> scripts.find(path).orElse(ScriptDocumentation.NONE),
        new LeaseSecrets(secrets, parameters, key, json));
  }

  @Singleton
  Dispatcher dispatcher(
      JobStore store,
      JobSettings settings,
      RunLimitsPolicy terms,
      Clock clock,
      JobNodes nodes,
      JobSignals signals,
      JobTraces traces,
      MeterRegistry metrics,
      RunningTime time) {
    Dispatcher dispatcher =
        new Dispatcher(
            store,
            settings.dispatch(),
            clock,
            job -> terms.of(job).within(traces.of(job.id())),
            terms::retriesOf,
            nodes,
            signals,
            time);
    dispatcher.recover();
    JobCounters.register(metrics, dispatcher);
    return dispatcher;
  }

  @Singleton
  @Bean(preDestroy = "close")
  JobMaintenance clockwork(
      Dispatcher dispatcher,
      @Named(DATABASE) Database database,
      JobSettings settings,
      Optional<StoredData> data,
      Clock clock,
      Loops loops) {
    Retention retention =
        new Retention(
            database,
            clock,
            settings.historyAge(),
            settings.history(),
            A_DAY,
            job -> removeFiles(data, job));
    return new JobMaintenance(dispatcher, retention, loops);
  }

  private static void removeFiles(Optional<StoredData> data, long job) {
    data.orElse(StoredData.NONE).removeFilesOf(job).toCompletableFuture().join();
  }

  @Singleton
  JobRequests requests(
      JobStore store,
      Dispatcher dispatcher,
      JobSignals signals,
      Scripts scripts,
      Optional<StoredData> storedData,
      Clock clock,
      JobSettings settings,
      MeterRegistry metrics,
      SealedParameters parameters,
      JobTraces traces,
      JsonMapper json) {
    return new JobRequests(
        store,
        dispatcher,
        signals,
        scripts,
        storedData,
        clock,
        settings.queue(),
        JobCounters.of(metrics),
        new ParameterCheck(json, parameters),
        traces);
  }

  @Singleton
  JobRuns runs(
      @Named(DATABASE) Database database,
      JobStore store,
      Dispatcher dispatcher,
      JobSignals signals,
      JobRequests requests,
      Optional<StoredData> data) {
    return new JobRuns(
        database, store, dispatcher, signals, requests, data.orElse(StoredData.NONE));
  }

  @Singleton
  JobCalls calls(JobRequests requests, JobHistory history, JobSettings settings, JsonMapper json) {
    return new JobCalls(requests, history, json, settings.parametersBytes());
  }

  @Singleton
  JobHistory history(
      @Named(DATABASE) Database database,
      JobStore store,
      Optional<StoredData> data,
      JobNodes nodes,
      JobTraces traces,
      Clock clock,
      JsonMapper json) {
    return new JobHistory(
        store, new RunSearch(database), data.orElse(StoredData.NONE), nodes, traces, clock, json);
  }

  @Singleton
  RunStatistics statistics(@Named(DATABASE) Database database, Clock clock, JobSignals signals) {
    return new RunStatistics(database, clock, signals);
  }

  /** Needs the clockwork, so that nodes find leases that end. */
  @Singleton
  JobLinkHandlers offer(
      Dispatcher dispatcher,
      JobMaintenance clockwork,
      JobRequests requests,
      JobHistory history,
      JobTraces traces,
      JobSettings settings,
      JsonMapper json) {
    return new JobLinkHandlers(
        dispatcher, new ScriptedJobs(requests, history, json, settings.parametersBytes()), traces);
  }
}
