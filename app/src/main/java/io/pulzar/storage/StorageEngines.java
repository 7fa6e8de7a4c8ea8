package io.pulzar.storage;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Looks at databases of one engine after the other, each inside of the one before. */
final class StorageEngines {

  private StorageEngines() {}

  static <R> R readAll(
      List<Map.Entry<StorageEngine, List<Database>>> engines,
      Map<Database, ReadTransaction> views,
      Function<Map<Database, ReadTransaction>, R> body) {
    if (engines.isEmpty()) {
      return body.apply(views);
    }
    List<Database> databases = engines.getFirst().getValue();
    return engines
        .getFirst()
        .getKey()
        .readTogether(
            databases,
            transactions -> {
              for (int i = 0; i < databases.size(); i++) {
                views.put(databases.get(i), transactions.get(i));
              }
              return readAll(engines.subList(1, engines.size()), views, body);
            });
  }
}
