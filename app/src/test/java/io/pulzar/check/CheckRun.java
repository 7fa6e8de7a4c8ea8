package io.pulzar.check;

import io.pulzar.cluster.NodeRegistry;
import io.pulzar.keys.KeyIndex;
import io.pulzar.keys.Replication;
import io.pulzar.keys.ReplicationRules;
import io.pulzar.link.NodeLinks;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Runs one consistency check, for tests of other packages. */
public final class CheckRun {

  private CheckRun() {}

  /** What it finds: empty when all is well. */
  public static String findings(
      KeyIndex index,
      ReplicationRules rules,
      Replication replication,
      NodeRegistry nodes,
      NodeLinks links,
      InstantSource clock,
      boolean fix)
      throws InterruptedException {
    ConsistencyReport report =
        new ConsistencyCheck(
                index,
                rules,
                replication,
                nodes,
                links,
                clock,
                List.of(),
                Optional.empty(),
                fix,
                taken -> {})
            .run();
    return report.isClean() ? "" : report.toString();
  }
}
