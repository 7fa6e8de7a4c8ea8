package io.pulzar.secrets;

import io.pulzar.settings.Settings;
import io.pulzar.storage.Database;
import io.pulzar.storage.Range;
import io.pulzar.storage.StorageEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a home lacks to open its secrets: a backup has them sealed, and never has the key. */
public final class MissingKeys {

  private MissingKeys() {}

  /**
   * Looks at the home of a server that does not run.
   *
   * @return a sentence with the cure for each key that is missing
   */
  public static List<String> of(Settings settings) throws IOException {
    Path directory = SecretsFactory.directory(settings);
    List<String> missing = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      for (String id : used(directory)) {
        if (!Keyring.has(settings, id)) {
          missing.add(
              "its secrets can't be opened yet, because their key is not in a backup: "
                  + Keyring.cure(settings, id));
        }
      }
    }
    return missing;
  }

  private static Set<String> used(Path directory) {
    Set<String> ids = new TreeSet<>();
    try (Database database = StorageEngine.local().open(directory, SecretTables.ALL)) {
      database.read(
          state -> {
            state.scan(
                SecretTables.SECRETS, Range.all(), (key, row) -> addTo(ids, row.value().key()));
            state.scan(
                SecretTables.PARAMETER_KEYS, Range.all(), (key, row) -> addTo(ids, row.key()));
            state.scan(SecretTables.SEALED_TEXTS, Range.all(), (key, row) -> addTo(ids, row.key()));
            return ids.size();
          });
    }
    return ids;
  }

  /** Goes on in any case. */
  private static boolean addTo(Set<String> ids, String id) {
    ids.add(id);
    return true;
  }
}
