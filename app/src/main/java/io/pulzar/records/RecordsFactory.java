package io.pulzar.records;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.json.JsonMapper;
import io.micronaut.scheduling.TaskExecutors;
import io.pulzar.http.HttpClients;
import io.pulzar.polyglot.Limits;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.python.ScriptServices;
import io.pulzar.records.MasterRecords.RecordLimits;
import io.pulzar.roles.OnMaster;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import io.pulzar.storage.Database;
import io.pulzar.storage.StorageEngine;
import io.pulzar.upkeep.Loops;
import io.pulzar.upkeep.Rounds;
import jakarta.inject.Named;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;

/** Puts together what the master has of records. */
@OnMaster
@Factory
final class RecordsFactory {

  private static final String DATABASE = "records";
  private static final Duration UPKEEP = Duration.ofSeconds(1);
  private static final long OUTPUT = 1 << 20;

  @Singleton
  @Named(DATABASE)
  @Bean(preDestroy = "close")
  Database database(StorageEngine storage, Settings settings) {
    return storage.open(
        settings.get(ServerSettings.HOME).resolve("master").resolve(DATABASE), RecordTables.ALL);
  }

  @Singleton
  @Bean(preDestroy = "close")
  RecordSignals signals() {
    return new RecordSignals();
  }

  @Singleton
  RecordStore store(
      @Named(DATABASE) Database database, Clock clock, RecordSignals signals, Settings settings) {
    return new RecordStore(
        database,
        clock,
        settings.get(RecordSettings.CLOCK_SKEW),
        new Losers(
            settings.get(RecordSettings.CONFLICTS), settings.get(RecordSettings.CONFLICT_SIZE)),
        signals,
        RecordsFactory::randomName);
  }

  private static String randomName() {
    return UUID.randomUUID().toString().replace("-", "").substring(0, 16);
  }

  @Singleton
  TextProcesses processes(
      PythonRuntime python,
      Provider<ScriptServices> services,
      Languages languages,
      JsonMapper json,
      Settings settings) {
    return new TextProcesses(
        new ProcessFiles(
            settings.get(ServerSettings.PROCESSES_DIR), settings.get(RecordSettings.PROCESSES)),
        python,
        services::get,
        languages,
        json,
        new Limits(
            settings.get(RecordSettings.PROCESS_TIMEOUT),
            settings.get(RecordSettings.PROCESS_MEMORY),
            OUTPUT,
            false));
  }

  @Singleton
  MasterRecords records(
      RecordStore store,
      RecordSignals signals,
      TextProcesses processes,
      Elsewhere elsewhere,
      Front front,
      JsonMapper json,
      Clock clock,
      Settings settings) {
    return new MasterRecords(
        store,
        signals,
        processes,
        elsewhere,
        front,
        json,
        clock,
        new RecordLimits(
            settings.get(RecordSettings.MAX_VALUE), settings.get(RecordSettings.MAX_RECORD)));
  }

  @Singleton
  Followers followers(Clock clock) {
    return new Followers(clock);
  }

  @Singleton
  RecordOffer offer(
      MasterRecords records, RecordStore store, RecordSignals signals, Followers followers) {
    return new RecordOffer(records, store, signals, followers);
  }

  @Context
  @Bean(preDestroy = "close")
  @Named("records")
  Rounds upkeep(RecordStore store, Loops loops, Settings settings) {
    Duration tombstones = settings.get(RecordSettings.TOMBSTONES);
    return Rounds.start(
        loops,
        "records-upkeep",
        UPKEEP,
        progress -> {
          while (store.bury() == ChangeLimits.ROWS && progress.goesOn()) {}
          store.forget(tombstones);
        });
  }

  @Singleton
  ServersList servers(Clock clock, Settings settings) {
    return new ServersList(
        settings.get(RecordSettings.SERVERS),
        settings
            .get(RecordSettings.SERVERS_LIST)
            .orElseGet(() -> settings.get(ServerSettings.HOME).resolve("servers.list")),
        settings.get(RecordSettings.MOST_SERVERS),
        clock,
        settings.get(RecordSettings.PEER_TOKEN));
  }

  @Singleton
  @Bean(preDestroy = "close")
  PeerClient client(Settings settings, JsonMapper json) {
    return new PeerClient(HttpClients.client(settings), json);
  }

  @Singleton
  PeerStore peers(@Named(DATABASE) Database database, RecordStore store) {
    return new PeerStore(database, store);
  }

  @Singleton
  Elsewhere elsewhere(
      ServersList servers,
      PeerClient client,
      JsonMapper json,
      @Named(TaskExecutors.BLOCKING) ExecutorService threads) {
    return new Elsewhere(servers, client, json, threads);
  }

  @Singleton
  @Bean(preDestroy = "close")
  Front front(
      Elsewhere elsewhere,
      PeerClient client,
      JsonMapper json,
      Clock clock,
      Settings settings,
      @Named(TaskExecutors.BLOCKING) ExecutorService threads) {
    RecordCache cache = new RecordCache(settings.get(RecordSettings.CACHE_SIZE));
    Front.Terms terms =
        new Front.Terms(
            settings.get(RecordSettings.CACHE_LEASE),
            settings.get(RecordSettings.CACHE_TTL),
            settings.get(RecordSettings.CACHE_FOLLOW),
            settings.get(RecordSettings.CACHE_WRITE));
    CacheFollower follower = new CacheFollower(cache, client, json, clock);
    return new Front(elsewhere, client, cache, follower, terms, clock, threads);
  }

  @Context
  @Bean(preDestroy = "close")
  Receivers receivers(
      ServersList servers,
      PeerStore peers,
      RecordStore store,
      RecordSignals signals,
      PeerClient client,
      Clock clock,
      Loops loops,
      Settings settings) {
    return new Receivers(
        servers,
        peers,
        store,
        signals,
        client,
        clock,
        settings.get(RecordSettings.PEER_CHECK),
        loops);
  }

  @Singleton
  RecordReports reports(
      RecordStore store, Followers followers, Receivers receivers, Watchers watchers, Clock clock) {
    return new RecordReports(store, followers, receivers, watchers, clock);
  }
}
