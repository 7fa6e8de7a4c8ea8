package io.pulzar.secrets;

import static io.pulzar.secrets.SecretTables.PARAMETER_KEYS;
import static io.pulzar.secrets.SecretTables.SEALED_TEXTS;
import static io.pulzar.secrets.SecretTables.SECRETS;
import static io.pulzar.secrets.SecretTables.VARIABLES;

import io.pulzar.http.ApiException;
import io.pulzar.sealing.SealedTextException;
import io.pulzar.sealing.SealingKey;
import io.pulzar.secrets.SecretTables.Sealed;
import io.pulzar.secrets.SecretTables.Secret;
import io.pulzar.secrets.SecretTables.Variable;
import io.pulzar.storage.Database;
import io.pulzar.storage.Entry;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.storage.Table;
import io.pulzar.storage.WriteTransaction;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Secrets and variables on the master's disk. What a stage returns is there when it completes. */
final class SecretStore {

  private static final Logger LOG = LoggerFactory.getLogger(SecretStore.class);

  private final Database database;
  private final Keyring keyring;
  private final SecretSettings settings;
  private final Clock clock;

  SecretStore(Database database, Keyring keyring, SecretSettings settings, Clock clock) {
    this.database = database;
    this.keyring = keyring;
    this.settings = settings;
    this.clock = clock;
  }

  /** For what {@link SealedTexts} keeps beside the secrets. */
  Database database() {
    return database;
  }

  /**
   * A row of a list.
   *
   * @param value of a variable; empty for a secret
   * @param by who set it
   */
  record Listed(Place place, Optional<String> value, Instant changed, String by) {}

  /**
   * What a rotation did.
   *
   * @param key the id of the key in use now
   * @param sealed how many texts are sealed with it
   */
  record Rotated(String key, int sealed) {}

  /** Sets a secret; fails with 409 when there are too many. */
  CompletionStage<Boolean> putSecret(Place place, String value, String by) {
    return database.write(
        change -> {
          requireRoom(change, SECRETS, place);
          change.put(
              SECRETS, place.key(), new Secret(seal(value, about(place)), clock.instant(), by));
          return true;
        });
  }

  /** Whether there was one. */
  CompletionStage<Boolean> removeSecret(Place place) {
    return database.write(change -> change.delete(SECRETS, place.key()));
  }

  /** By folder and name, without values. */
  List<Listed> secrets() {
    return database.read(
        state ->
            rows(state, SECRETS).stream()
                .map(
                    row ->
                        new Listed(
                            Place.ofKey(row.key()),
                            Optional.empty(),
                            row.value().changed(),
                            row.value().by()))
                .toList());
  }

  /** Sets a variable; fails with 409 when there are too many, or too long ones for a script. */
  CompletionStage<Boolean> putVariable(Place place, String value, String by) {
    return database.write(
        change -> {
          requireRoom(change, VARIABLES, place);
          change.put(VARIABLES, place.key(), new Variable(value, clock.instant(), by));
          requireFewBytes(change);
          return true;
        });
  }

  /** Whether there was one. */
  CompletionStage<Boolean> removeVariable(Place place) {
    return database.write(change -> change.delete(VARIABLES, place.key()));
  }

  Optional<Listed> variable(Place place) {
    return database
        .read(state -> state.get(VARIABLES, place.key()))
        .map(variable -> listed(place, variable));
  }

  List<Listed> variables() {
    return database.read(
        state ->
            rows(state, VARIABLES).stream()
                .map(row -> listed(Place.ofKey(row.key()), row.value()))
                .toList());
  }

  private static Listed listed(Place place, Variable variable) {
    return new Listed(place, Optional.of(variable.value()), variable.changed(), variable.by());
  }

  /**
   * The values of secrets for a script, as they are now.
   *
   * @throws ApiException 409 that names the secret that is missing or can't be opened, and the cure
   */
  Map<String, String> secretsFor(String script, List<String> names) {
    Map<String, String> found = new HashMap<>();
    database.read(
        state -> {
          names.forEach(name -> found.put(name, secretFor(state, script, name)));
          return found.size();
        });
    return found;
  }

  private String secretFor(ReadTransaction state, String script, String name) {
    String folder = Place.folderOf(script);
    for (String at : Place.around(folder)) {
      Place place = new Place(at, name);
      Optional<Secret> secret = state.get(SECRETS, place.key());
      if (secret.isPresent()) {
        return open(secret.get().value(), about(place), "the secret " + place);
      }
    }
    throw ApiException.conflict(
        "secret_missing",
        script
            + " asks for the secret "
            + name
            + ", which is not there for its folder: set it with pulzar secrets set "
            + name
            + (folder.isEmpty() ? "" : " --folder " + folder));
  }

  /** All variables that a script sees. */
  Map<String, String> variablesFor(String script) {
    Map<String, String> found = new HashMap<>();
    database.read(
        state -> {
          if (state.entries(VARIABLES) > 0) {
            for (String folder : Place.around(Place.folderOf(script))) {
              inFolder(state, folder).forEach(found::putIfAbsent);
            }
          }
          return found.size();
        });
    return found;
  }

  private static Map<String, String> inFolder(ReadTransaction state, String folder) {
    Map<String, String> found = new HashMap<>();
    // Names begin with A to Z or _, all of which are above / and below `.
    String prefix = folder.isEmpty() ? "" : folder + "/";
    state.scan(
        VARIABLES,
        Range.from(prefix + "A").until(prefix + "`"),
        (key, variable) -> {
          Place place = Place.ofKey(key);
          if (place.folder().equals(folder)) {
            found.put(place.name(), variable.value());
          }
          return true;
        });
    return found;
  }

  /** A key and the number by which it is found again. */
  record NumberedKey(long number, SealingKey key) {}

  /** What parameters are sealed with; made when it is first asked for. */
  NumberedKey parameterKey() {
    return database
        .read(this::usableParameterKey)
        .orElseGet(
            () ->
                database.writeAndWait(
                    change -> {
                      if (usableParameterKey(change).isEmpty()) {
                        addParameterKey(change);
                      }
                      return usableParameterKey(change).orElseThrow();
                    }));
  }

  /** The last one, unless what opens it is not here. */
  private Optional<NumberedKey> usableParameterKey(ReadTransaction state) {
    return state
        .first(PARAMETER_KEYS, Range.allBackward())
        .filter(last -> keyring.find(last.value().key()).isPresent())
        .map(last -> new NumberedKey(last.key(), opened(last.key(), last.value())));
  }

  /** The key of a number; empty when it is not known here. */
  Optional<SealingKey> parameterKey(long number) {
    return database
        .read(state -> state.get(PARAMETER_KEYS, number))
        .map(stored -> opened(number, stored));
  }

  private SealingKey opened(long number, Sealed stored) {
    return SealingKey.parse(open(stored, aboutKey(number), "the key of parameters " + number));
  }

  private void addParameterKey(WriteTransaction change) {
    long number = change.first(PARAMETER_KEYS, Range.allBackward()).map(Entry::key).orElse(0L) + 1;
    change.put(PARAMETER_KEYS, number, seal(SealingKey.random().export(), aboutKey(number)));
  }

  /**
   * Changes the key and seals everything anew. Whenever the machine stops meanwhile, all of it can
   * be read: the old key is on the disk before the new one, and stays; {@link #renew} goes on.
   */
  CompletionStage<Rotated> rotate() {
    keyring.change();
    return database.write(
        change -> {
          int count = reseal(change);
          if (change.entries(PARAMETER_KEYS) > 0) {
            addParameterKey(change);
          }
          return new Rotated(keyring.current().id(), count);
        });
  }

  /**
   * Seals what is still sealed with an earlier key: the end of a rotation that was cut short, and
   * what a backup brought back. To be called at the start.
   */
  void renew() {
    int count = database.writeAndWait(this::reseal);
    if (count > 0) {
      LOG.info("sealed {} secrets with the key {} in use now", count, keyring.current().id());
    }
    Set<String> unknown = new HashSet<>();
    database.read(
        state -> {
          rows(state, SECRETS).forEach(row -> unknown.add(row.value().value().key()));
          rows(state, PARAMETER_KEYS).forEach(row -> unknown.add(row.value().key()));
          rows(state, SEALED_TEXTS).forEach(row -> unknown.add(row.value().key()));
          return unknown.size();
        });
    unknown.removeIf(id -> keyring.find(id).isPresent());
    unknown.forEach(
        id -> LOG.warn("some secrets can't be opened without their key: {}", keyring.place(id)));
  }

  private int reseal(WriteTransaction change) {
    String current = keyring.current().id();
    int count = 0;
    for (Entry<String, Secret> row : rows(change, SECRETS)) {
      Secret old = row.value();
      if (isOlder(old.value(), current)) {
        String about = about(Place.ofKey(row.key()));
        Sealed renewed = seal(open(old.value(), about, "the secret " + row.key()), about);
        change.put(SECRETS, row.key(), new Secret(renewed, old.changed(), old.by()));
        count++;
      }
    }
    for (Entry<Long, Sealed> row : rows(change, PARAMETER_KEYS)) {
      if (isOlder(row.value(), current)) {
        String about = aboutKey(row.key());
        String key = open(row.value(), about, "the key of parameters " + row.key());
        change.put(PARAMETER_KEYS, row.key(), seal(key, about));
        count++;
      }
    }
    for (Entry<String, Sealed> row : rows(change, SEALED_TEXTS)) {
      if (isOlder(row.value(), current)) {
        String about = SealedTexts.about(row.key());
        change.put(SEALED_TEXTS, row.key(), seal(open(row.value(), about, row.key()), about));
        count++;
      }
    }
    return count;
  }

  /** What can't be opened stays as it is: its key may come back. */
  private boolean isOlder(Sealed stored, String current) {
    return !stored.key().equals(current) && keyring.find(stored.key()).isPresent();
  }

  Sealed seal(String text, String about) {
    SealingKey key = keyring.current();
    return new Sealed(key.id(), key.seal(text, about));
  }

  String open(Sealed stored, String about, String what) {
    SealingKey key =
        keyring
            .find(stored.key())
            .orElseThrow(
                () ->
                    ApiException.conflict(
                        "key_missing",
                        what
                            + " can't be opened, because its key is not here: "
                            + keyring.place(stored.key())
                            + ", or set it again"));
    try {
      return key.open(stored.text(), about);
    } catch (SealedTextException e) {
      throw ApiException.conflict(
          "secret_damaged", what + " can't be opened: " + e.getMessage() + "; set it again");
    }
  }

  private <V> void requireRoom(WriteTransaction change, Table<String, V> table, Place place) {
    if (!change.contains(table, place.key()) && change.entries(table) >= settings.count()) {
      throw ApiException.conflict(
          "too_many",
          "there are "
              + settings.count()
              + " "
              + table.name()
              + " already: remove some, or raise "
              + SecretSettings.COUNT);
    }
  }

  /** No script may see more than it can be given, whichever folder the new one is in. */
  private void requireFewBytes(WriteTransaction change) {
    Map<String, Map<String, Integer>> sizes = new HashMap<>();
    rows(change, VARIABLES)
        .forEach(
            row -> {
              Place place = Place.ofKey(row.key());
              int bytes = place.name().length() + bytes(row.value().value());
              sizes.computeIfAbsent(place.folder(), _ -> new HashMap<>()).put(place.name(), bytes);
            });
    for (String folder : sizes.keySet()) {
      Map<String, Integer> seen = new HashMap<>();
      Place.around(folder)
          .forEach(at -> sizes.getOrDefault(at, Map.of()).forEach(seen::putIfAbsent));
      long bytes = seen.values().stream().mapToLong(Integer::longValue).sum();
      if (bytes > settings.givenBytes()) {
        throw ApiException.conflict(
            "too_many",
            "scripts of "
                + (folder.isEmpty() ? "every folder" : "the folder " + folder)
                + " would see variables of "
                + bytes
                + " bytes, and may see "
                + settings.givenBytes()
                + ": shorten or remove some, or raise "
                + SecretSettings.GIVEN);
      }
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static <K, V> List<Entry<K, V>> rows(ReadTransaction state, Table<K, V> table) {
    List<Entry<K, V>> rows = new ArrayList<>();
    state.scan(table, Range.all(), (key, value) -> rows.add(new Entry<>(key, value)));
    return rows;
  }

  private static String about(Place place) {
    return "secret\n" + place.folder() + "\n" + place.name();
  }

  private static String aboutKey(long number) {
    return "parameter key\n" + number;
  }
}
