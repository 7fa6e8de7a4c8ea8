package io.pulzar.scripts;

import io.pulzar.cluster.AfterHeartbeat;
import io.pulzar.cluster.MasterLink;
import io.pulzar.cluster.NodeIdentity;
import io.pulzar.roles.OnNode;
import io.pulzar.scripts.ScriptOperations.Asking;
import io.pulzar.scripts.ScriptOperations.Report;
import io.pulzar.scripts.ScriptOperations.Standing;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the master which scripts this node has. */
@OnNode
@Singleton
final class ScriptReports implements AfterHeartbeat {

  private static final Logger LOG = LoggerFactory.getLogger(ScriptReports.class);

  private final ScriptCatalog catalog;
  private final MasterLink master;
  private final Asking asking;

  ScriptReports(ScriptCatalog catalog, MasterLink master, NodeIdentity identity) {
    this.catalog = catalog;
    this.master = master;
    this.asking = new Asking(identity.name(), identity.id());
  }

  @Override
  public void heard() {
    List<KnownScript> scripts = catalog.list();
    Standing standing = new Standing(asking, ScriptOperations.digest(scripts));
    try {
      if (answer(master.ask(ScriptOperations.COMPARE, standing)).report()) {
        answer(master.ask(ScriptOperations.REPORT, new Report(asking, scripts)));
      }
    } catch (CompletionException e) {
      LOG.warn("the scripts could not be reported and are with the next heartbeat", e.getCause());
    }
  }

  private static ScriptOperations.Wish answer(CompletionStage<ScriptOperations.Wish> stage) {
    return stage.toCompletableFuture().join();
  }
}
