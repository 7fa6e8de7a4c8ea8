package io.pulzar.values;

import io.pulzar.cluster.MasterLink;
import io.pulzar.keys.KeyOperations;
import io.pulzar.keys.KeyOperations.Holdings;
import io.pulzar.keys.KeyOperations.Recorded;
import io.pulzar.keys.KeyOperations.Registration;
import io.pulzar.keys.KeyOperations.Settlement;
import io.pulzar.keys.Version;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The master's index as its node sees it. */
final class MasterIndex {

  private final MasterLink link;
  private final String node;

  /**
   * @param node this node's name
   */
  MasterIndex(MasterLink link, String node) {
    this.link = link;
    this.node = node;
  }

  CompletionStage<Recorded> record(StoredValue value, boolean replace) {
    return link.ask(KeyOperations.RECORD, registration(value, replace));
  }

  /** The versions that count; the others can be dropped. */
  CompletionStage<List<Version>> settle(List<Version> versions, boolean adopt) {
    return link.ask(KeyOperations.SETTLE, new Settlement(node, versions, adopt))
        .thenApply(KeyOperations.Versions::versions);
  }

  /** How many of these the master had lost. */
  CompletionStage<Integer> adopt(List<StoredValue> values) {
    List<Registration> held = values.stream().map(value -> registration(value, false)).toList();
    return link.ask(KeyOperations.ADOPT, new Holdings(held)).thenApply(KeyOperations.Count::count);
  }

  String node() {
    return node;
  }

  /** All about a version, as the master records it. */
  Registration registration(StoredValue value, boolean replace) {
    return new Registration(
        value.key(),
        node,
        value.id(),
        value.size(),
        value.checksum(),
        value.written().toEpochMilli(),
        value.expires().map(Instant::toEpochMilli).orElse(null),
        replace);
  }
}
