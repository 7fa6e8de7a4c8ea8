package io.pulzar.backup;

import io.micronaut.context.annotation.Context;
import io.pulzar.cluster.NodeIdentity;
import io.pulzar.lmdb.Database;
import io.pulzar.roles.OnMaster;
import io.pulzar.roles.OnNode;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import io.pulzar.values.KeptValues;
import jakarta.annotation.PreDestroy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Puts what each role keeps into the stock of the process, for as long as the role runs. */
abstract class StockTaking {

  private final Stock stock;
  private final Stock.Part part;

  private StockTaking(Stock stock, Stock.Part part) {
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
  static final class OfMaster extends StockTaking {

    OfMaster(Stock stock, Settings settings, List<Database> databases) {
      super(
          stock,
          new Stock.Part(
              Archive.MASTER, masterDirectory(settings), databases, List.of(), Optional.empty()));
    }
  }

  @OnNode
  @Context
  static final class OfNode extends StockTaking {

    OfNode(Stock stock, Settings settings, List<Database> databases, KeptValues values) {
      super(
          stock,
          new Stock.Part(
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
