package io.pulzar.records;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.pulzar.cluster.NodeIdentity;
import io.pulzar.link.MasterLink;
import io.pulzar.roles.OnNode;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import io.pulzar.storage.Database;
import io.pulzar.storage.StorageEngine;
import io.pulzar.upkeep.Loops;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Puts together what a node has of records. */
@OnNode
@Factory
final class ReplicaFactory {

  private static final String DATABASE = "records";

  @Singleton
  @Named(DATABASE)
  @Bean(preDestroy = "close")
  Database database(Settings settings) {
    return StorageEngine.local()
        .open(ServerSettings.volume(settings).resolve(DATABASE), RecordTables.ALL);
  }

  @Singleton
  @Bean(preDestroy = "close")
  RecordSignals signals() {
    return new RecordSignals();
  }

  @Singleton
  Replica replica(@Named(DATABASE) Database database, RecordSignals signals) {
    return new Replica(database, signals);
  }

  /** Follows from the start of the node, so that reads find something. */
  @Context
  @Bean(preDestroy = "close")
  ReplicaRounds rounds(
      Replica replica,
      MasterLink master,
      NodeIdentity identity,
      Clock clock,
      Settings settings,
      Loops loops) {
    ReplicaRounds rounds =
        new ReplicaRounds(
            replica,
            master,
            identity.name(),
            clock,
            settings.get(RecordSettings.CHECK),
            loops.add("records-replica"));
    rounds.start();
    return rounds;
  }

  @Singleton
  NodeRecords records(
      Replica replica,
      ReplicaRounds rounds,
      RecordSignals signals,
      MasterLink master,
      Clock clock,
      Settings settings) {
    return new NodeRecords(
        replica, rounds, signals, master, clock, settings.get(RecordSettings.WAIT));
  }
}
