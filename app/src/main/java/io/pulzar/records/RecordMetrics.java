package io.pulzar.records;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.pulzar.roles.OnMaster;
import io.pulzar.roles.OnNode;
import java.util.function.Supplier;

/** The numbers of records. */
final class RecordMetrics {

  private static final String REVISION = "pulzar.records.revision";
  private static final String REVISION_HELP = "The revision of the last change that is here.";
  private static final String BEHIND = "pulzar.records.behind.changes";

  private RecordMetrics() {}

  private static void gauge(
      MeterRegistry metrics, String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(metrics);
  }

  /** At the master. */
  @OnMaster
  @Context
  static final class OfMaster {
    OfMaster(MeterRegistry metrics, RecordStore store, RecordReports reports) {
      gauge(metrics, REVISION, REVISION_HELP, store::revision);
      records(metrics, "text", () -> store.read(state -> Rows.live(state, Kind.TEXT)));
      records(metrics, "shared", () -> store.read(state -> Rows.live(state, Kind.SHARED)));
      gauge(
          metrics,
          BEHIND,
          "Changes that the slowest node or receiver has not.",
          reports::mostBehind);
      gauge(
          metrics,
          "pulzar.records.receivers.down",
          "Receiving installations that can't be brought up to date.",
          reports::down);
    }

    private static void records(MeterRegistry metrics, String kind, Supplier<Number> count) {
      Gauge.builder("pulzar.records", count)
          .description("Records that are there.")
          .tag("kind", kind)
          .register(metrics);
    }
  }

  /** At a node. */
  @OnNode
  @Context
  static final class OfNode {
    OfNode(MeterRegistry metrics, NodeRecords records, ReplicaRounds rounds) {
      gauge(metrics, REVISION, REVISION_HELP, () -> records.lag().revision());
      gauge(metrics, BEHIND, "Changes that this node has not.", () -> records.lag().changes());
      gauge(
          metrics,
          "pulzar.records.mended.ranges",
          "Ranges that differed from the master's and were fetched anew.",
          rounds::mended);
    }
  }
}
