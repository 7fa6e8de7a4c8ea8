package io.pulzar.keys;

import io.pulzar.cluster.NodeRemovalListener;
import io.pulzar.keys.KeyIndex.Row;
import io.pulzar.roles.OnMaster;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The keys whose values lie on a node that is to be removed. What has copies on other nodes is not
 * lost. Goes through the whole index.
 */
@OnMaster
@Singleton
final class KeysOfNode implements NodeRemovalListener {

  private static final int PAGE = 1_000;

  private final KeyIndex index;
  private final ReplicationRounds copies;

  KeysOfNode(KeyIndex index, ReplicationRounds copies) {
    this.index = index;
    this.copies = copies;
  }

  @Override
  public Optional<String> loss(String node) {
    long[] values = {0, 0};
    forEach(
        node,
        row -> {
          if (row.location().holders().size() == 1) {
            values[0]++;
            values[1] += row.location().size();
          }
        });
    return values[0] == 0
        ? Optional.empty()
        : Optional.of(
            values[0] + (values[0] == 1 ? " value of " : " values with ") + values[1] + " bytes");
  }

  @Override
  public void forget(String node) {
    forEach(
        node,
        row ->
            index
                .forget(
                    node,
                    new ValueVersion(row.key().path(), row.location().at(node).orElseThrow().id()))
                .toCompletableFuture()
                .join());
    List<ValueVersion> garbage = index.garbage(node, Instant.MAX, PAGE);
    while (!garbage.isEmpty()) {
      index.disposed(node, garbage).toCompletableFuture().join();
      garbage = index.garbage(node, Instant.MAX, PAGE);
    }
    copies.lookAgain();
  }

  private void forEach(String node, Consumer<Row> visitor) {
    String after = "";
    List<Row> rows = index.page(KeyFilter.ALL, after, PAGE);
    while (!rows.isEmpty()) {
      rows.stream().filter(row -> row.location().at(node).isPresent()).forEach(visitor);
      after = rows.getLast().key().path();
      rows = index.page(KeyFilter.ALL, after, PAGE);
    }
  }
}
