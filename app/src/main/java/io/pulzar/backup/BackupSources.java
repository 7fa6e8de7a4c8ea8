package io.pulzar.backup;

import io.pulzar.storage.Database;
import io.pulzar.values.ValueSnapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** What a process keeps, by role. One for both roles of a process, so that a backup is of both. */
public final class BackupSources {

  /**
   * What one role keeps.
   *
   * @param name of the folder in archives: {@code master}, {@code node}
   * @param directory where it is
   * @param files small ones that belong to it, below the directory
   * @param values of a node
   */
  record Part(
      String name,
      Path directory,
      List<Database> databases,
      List<Path> files,
      Optional<ValueSnapshot> values) {}

  private final Map<String, Part> parts = new ConcurrentSkipListMap<>();

  void add(Part part) {
    parts.put(part.name(), part);
  }

  void remove(Part part) {
    parts.remove(part.name(), part);
  }

  /** The master first. */
  List<Part> parts() {
    return List.copyOf(parts.values());
  }
}
