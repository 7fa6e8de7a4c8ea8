package io.pulzar.backup;

import io.micronaut.context.annotation.Context;
import io.pulzar.cluster.NodeIdentity;
import io.pulzar.roles.OnMaster;
import io.pulzar.roles.OnNode;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import io.pulzar.storage.Database;
import io.pulzar.values.ValueSnapshot;
import jakarta.annotation.PreDestroy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Puts what each role keeps into the stock of the process, for as long as the role runs. */
abstract class BackupSourceRegistration {

  private final BackupSources stock;
  private final BackupSources.Part part;

  private BackupSourceRegistration(BackupSources stock, BackupSources.Part part) {
    this.stock = stock;
    this.part = part;
    stock.add(part);
  }

  @PreDestroy
  void stop() {
    stock.remove(part);
  }

  @OnMaster
  @Context
  static final class OfMaster extends BackupSourceRegistration {

    OfMaster(BackupSources stock, Settings settings, List<Database> databases) {
      super(
          stock,
          new BackupSources.Part(
              Archive.MASTER, masterDirectory(settings), databases, List.of(), Optional.empty()));
    }
  }

  @OnNode
  @Context
  static final class OfNode extends BackupSourceRegistration {

    OfNode(BackupSources stock, Settings settings, List<Database> databases, ValueSnapshot values) {
      super(
          stock,
          new BackupSources.Part(
              Archive.NODE,
              ServerSettings.volume(settings),
              databases,
              List.of(Path.of(NodeIdentity.FILE)),
              Optional.of(values)));
    }
  }

  static Path masterDirectory(Settings settings) {
    return settings.get(ServerSettings.HOME).resolve("master");
  }
}
