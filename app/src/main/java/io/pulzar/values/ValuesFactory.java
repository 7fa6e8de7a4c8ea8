package io.pulzar.values;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.scheduling.TaskExecutors;
import io.pulzar.bucket.BucketSettings;
import io.pulzar.cluster.NodeIdentity;
import io.pulzar.keys.KeySettings;
import io.pulzar.keys.WriteSteps;
import io.pulzar.link.ClusterKey;
import io.pulzar.link.MasterLink;
import io.pulzar.roles.OnNode;
import io.pulzar.runner.LocalValues;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import io.pulzar.storage.Database;
import io.pulzar.storage.StorageEngine;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** Opens the node's values and puts the parts that handle them together. */
@OnNode
@Factory
final class ValuesFactory {

  static final String DATABASE = "values";

  /** Closed with the store. */
  @Singleton
  @Named(DATABASE)
  Database database(Settings settings) {
    return StorageEngine.local().open(directory(settings).resolve("index"), ValueTables.ALL);
  }

  @Singleton
  @Bean(preDestroy = "close")
  ValueStore store(
      @Named(DATABASE) Database database,
      Settings settings,
      Clock clock,
      @Named(TaskExecutors.BLOCKING) ExecutorService disk) {
    return new ValueStore(
        database,
        new ValueFiles(directory(settings), WriteSteps.NONE),
        clock,
        disk,
        WriteSteps.NONE);
  }

  private static Path directory(Settings settings) {
    return ServerSettings.volume(settings).resolve("values");
  }

  @Singleton
  Quarantine quarantine(ValueStore store, Settings settings, Clock clock) {
    return new Quarantine(
        directory(settings).resolve("quarantine"),
        store.files(),
        clock,
        settings.get(KeySettings.QUARANTINE));
  }

  @Singleton
  OrphanFiles orphans(ValueStore store, MasterIndex master, Quarantine quarantine) {
    return new OrphanFiles(store, master, quarantine);
  }

  @Singleton
  MasterIndex master(MasterLink link, NodeIdentity identity) {
    return new MasterIndex(link, identity.name());
  }

  @Singleton
  ValueSink writes(
      ValueStore store,
      MasterIndex master,
      Optional<BucketParts> bucket,
      Clock clock,
      @Named(TaskExecutors.BLOCKING) ExecutorService disk,
      Settings settings) {
    long maxSize = KeySettings.of(settings).maxSize();
    return bucket.isPresent() && BucketSettings.takesNew(settings)
        ? bucket.get().writes(clock, disk, maxSize)
        : new ValueWrites(store, master, clock, disk, maxSize, WriteSteps.NONE);
  }

  @Singleton
  ValueReads reads(ValueStore store, @Named(TaskExecutors.BLOCKING) ExecutorService disk) {
    return new ValueReads(store, disk);
  }

  @Singleton
  ValueConsistencyCheck inspection(ValueStore store, MasterIndex master, OrphanFiles orphans) {
    return new ValueConsistencyCheck(store, master, orphans);
  }

  @Singleton
  Restoration restoration(ValueStore store, MasterIndex master) {
    return new Restoration(store, master);
  }

  @Singleton
  @Bean(preDestroy = "close")
  ReplicaTransfer transfer(ClusterKey key, Clock clock, Settings settings) {
    return new ReplicaTransfer(key, clock, settings);
  }

  @Singleton
  ReplicaService copies(
      ValueStore store,
      MasterIndex master,
      ReplicaTransfer transfer,
      Optional<BucketParts> bucket,
      Clock clock,
      @Named(TaskExecutors.BLOCKING) ExecutorService disk) {
    ReplicaService.CopySource source =
        bucket.isPresent() ? bucket.get().source(transfer) : transfer;
    return new ReplicaService(store, master, source, clock, disk);
  }

  @Singleton
  LocalValues lent(
      ValueStore store,
      MasterIndex master,
      ReplicaTransfer transfer,
      Optional<BucketParts> bucket,
      Settings settings,
      Clock clock) {
    Path directory = directory(settings);
    Path lent = directory.resolve("lent");
    LocalValues here = new LentFiles(store, master, lent);
    return bucket.isPresent() ? bucket.get().files(here, transfer, directory, lent, clock) : here;
  }
}
