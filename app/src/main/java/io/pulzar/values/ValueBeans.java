package io.pulzar.values;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.scheduling.TaskExecutors;
import io.pulzar.cluster.MasterLink;
import io.pulzar.cluster.NodeIdentity;
import io.pulzar.keys.KeySettings;
import io.pulzar.lmdb.Database;
import io.pulzar.lmdb.DatabaseSettings;
import io.pulzar.roles.OnNode;
import io.pulzar.runner.LocalValues;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;

/** Opens the node's values and puts the parts that handle them together. */
@OnNode
@Factory
final class ValueBeans {

  @Singleton
  @Bean(preDestroy = "close")
  ValueStore store(
      Settings settings, Clock clock, @Named(TaskExecutors.BLOCKING) ExecutorService disk) {
    Path directory = ServerSettings.volume(settings).resolve("values");
    Database database =
        Database.open(directory.resolve("index"), DatabaseSettings.DEFAULT, ValueTables.ALL);
    return new ValueStore(database, new ValueFiles(directory), clock, disk);
  }

  @Singleton
  MasterIndex master(MasterLink link, NodeIdentity identity) {
    return new MasterIndex(link, identity.name());
  }

  @Singleton
  ValueWrites writes(
      ValueStore store,
      MasterIndex master,
      Clock clock,
      @Named(TaskExecutors.BLOCKING) ExecutorService disk,
      Settings settings) {
    return new ValueWrites(store, master, clock, disk, KeySettings.of(settings).maxSize());
  }

  @Singleton
  ValueReads reads(ValueStore store, @Named(TaskExecutors.BLOCKING) ExecutorService disk) {
    return new ValueReads(store, disk);
  }

  @Singleton
  Restoration restoration(ValueStore store, MasterIndex master) {
    return new Restoration(store, master);
  }

  @Singleton
  LocalValues lent(ValueStore store, Settings settings) {
    return new LentFiles(store, ServerSettings.volume(settings).resolve("values").resolve("lent"));
  }
}
