package io.pulzar.keys;

import io.pulzar.keys.KeyIndex.Row;
import io.pulzar.keys.KeyOperations.Holdings;
import io.pulzar.keys.KeyOperations.Identification;
import io.pulzar.keys.KeyOperations.Registration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out what a node holds of which it knows the number alone. Goes through the whole index. */
final class KeysOnNode {

  private static final int PAGE = 1_000;

  private final KeyIndex index;

  KeysOnNode(KeyIndex index) {
    this.index = index;
  }

  /** Those that keys stand for. */
  Holdings identify(Identification question) {
    Set<Long> asked = new HashSet<>(question.ids());
    List<Registration> known = new ArrayList<>();
    String after = "";
    List<Row> rows = index.page(KeyFilter.ALL, after, PAGE);
    while (!rows.isEmpty()) {
      for (Row row : rows) {
        Optional<Replica> here =
            row.location().at(question.node()).filter(replica -> asked.contains(replica.id()));
        here.ifPresent(replica -> known.add(Registration.of(row.key(), replica, row.location())));
      }
      after = rows.getLast().key().path();
      rows = index.page(KeyFilter.ALL, after, PAGE);
    }
    return new Holdings(known);
  }
}
