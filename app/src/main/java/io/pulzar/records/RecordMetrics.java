package io.pulzar.records;

import io.micronaut.context.annotation.Context;
import io.pulzar.health.Metrics;
import io.pulzar.roles.OnMaster;
import io.pulzar.roles.OnNode;

/** The numbers of records. */
final class RecordMetrics {

  private static final String REVISION = "pulzar_records_revision";
  private static final String REVISION_HELP = "The revision of the last change that is here.";
  private static final String BEHIND = "pulzar_records_behind_changes";

  private RecordMetrics() {}

  /** At the master. */
  @OnMaster
  @Context
  static final class OfMaster {
    OfMaster(Metrics metrics, RecordStore store, RecordReports reports) {
      metrics.gauge(REVISION, REVISION_HELP, store::revision);
      metrics.gauge(
          "pulzar_records",
          "Records that are there.",
          () -> store.read(state -> Rows.live(state, Kind.TEXT)),
          "kind",
          "text");
      metrics.gauge(
          "pulzar_records",
          "Records that are there.",
          () -> store.read(state -> Rows.live(state, Kind.SHARED)),
          "kind",
          "shared");
      metrics.gauge(
          BEHIND, "Changes that the slowest node or receiver has not.", reports::mostBehind);
      metrics.gauge(
          "pulzar_records_receivers_down",
          "Receiving installations that can't be brought up to date.",
          reports::down);
    }
  }

  /** At a node. */
  @OnNode
  @Context
  static final class OfNode {
    OfNode(Metrics metrics, NodeRecords records, ReplicaRounds rounds) {
      metrics.gauge(REVISION, REVISION_HELP, () -> records.lag().revision());
      metrics.gauge(BEHIND, "Changes that this node has not.", () -> records.lag().changes());
      metrics.gauge(
          "pulzar_records_mended_ranges",
          "Ranges that differed from the master's and were fetched anew.",
          rounds::mended);
    }
  }
}
