package io.pulzar.cluster;

import io.micronaut.serde.annotation.Serdeable;
import io.pulzar.link.Operation;
import java.time.Duration;

/** The questions that the cluster itself asks. */
public final class ClusterOperations {

  /** Node to master: I am here. Refused with 409 when another node has the name. */
  static final Operation<NodeFacts, Welcome> HEARTBEAT =
      Operation.of("cluster.heartbeat", NodeFacts.class, Welcome.class)
          .patient(Duration.ofSeconds(5))
          .withRefusalsLogged();

  /** The master's answer to a heartbeat. */
  @Serdeable
  record Welcome(String version) {}

  private ClusterOperations() {}
}
