package io.pulzar.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Cases;
import io.pulzar.keys.KeyIndex.Row;
import io.pulzar.storage.Database;
import io.pulzar.storage.Range;
import io.pulzar.storage.StorageEngine;
import io.pulzar.storage.Table;
import io.pulzar.storage.WriteTransaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * The index behaves like a sorted map with expiry, whatever is done to it and however often the
 * master starts again; keys that are too long for the table are among them.
 */
final class KeyIndexModelTest {

  sealed interface Step {
    record Write(Key key, boolean replace, Optional<Duration> lifetime) implements Step {}

    record Delete(Key key) implements Step {}

    record Settle(Key key, boolean adopt) implements Step {}

    record Pass(Duration time) implements Step {}

    record Expire() implements Step {}

    record Restore(Key key, Duration age) implements Step {}

    record Copy(Key key, String node) implements Step {}

    record LoseCopy(Key key, String node, boolean renewed) implements Step {}

    record Restart() implements Step {}
  }

  /** What must be true, kept in the simplest way. */
  private static final class Model {
    final NavigableMap<Key, Location> keys = new TreeMap<>();
    final Set<Replica> garbage = new HashSet<>();
    Instant now = Instant.parse("2026-11-21T08:00:00Z");
    long ids;

    Location location(Optional<Duration> lifetime) {
      ids++;
      return new Location("node", ids, ids * 10, (int) ids, now, lifetime.map(now::plus));
    }

    Optional<Location> living(Key key) {
      return Optional.ofNullable(keys.get(key)).filter(location -> !location.expiredAt(now));
    }

    void drop(Key key) {
      Location old = keys.remove(key);
      if (old != null) {
        garbage.addAll(old.holders());
      }
    }

    List<Row> page(String prefix, String after, int limit) {
      return keys.entrySet().stream()
          .filter(entry -> !entry.getValue().expiredAt(now))
          .filter(entry -> entry.getKey().path().startsWith(prefix))
          .filter(entry -> entry.getKey().path().compareTo(after) > 0)
          .limit(limit)
          .map(entry -> new Row(entry.getKey(), entry.getValue()))
          .toList();
    }
  }

  private static final List<String> NODES = List.of("node", "two", "three");
  private static final List<String> TAILS = List.of("a", "b", "ab", "b.txt", "c/b", "~");
  private static final List<String> HEADS =
      List.of("/", "/a/", "/b", head(417) + "/", head(418) + "/", head(419) + "/", head(600) + "/");
  private static final List<String> PREFIXES =
      List.of("", "/", "/a", "/zzz", head(300), head(500), head(600) + "/b");

  private static final Path DIRECTORY = temporaryDirectory();
  private static Database database = open();

  @AfterAll
  static void close() throws IOException {
    database.close();
    delete(DIRECTORY);
  }

  private static Database open() {
    return StorageEngine.local().open(DIRECTORY, KeyTables.ALL);
  }

  @Test
  void theIndexIsASortedMap() {
    Cases.each(
        60,
        seed -> {
          Random random = new Random(seed);
          List<Step> steps = steps(random);
          Key probe = key(random);
          String prefix = prefix(random);
          database.writeAndWait(KeyIndexModelTest::clear);
          Model model = new Model();
          KeyIndex index = new StoredKeyIndex(database, () -> model.now);
          for (Step step : steps) {
            if (step instanceof Step.Restart) {
              index.close();
              database = open();
              index = new StoredKeyIndex(database, () -> model.now);
            } else {
              apply(step, model, index);
            }
          }
          for (int limit : new int[] {1, 2, 3, 1_000}) {
            assertThat(index.page(KeyFilter.ALL, "", limit)).isEqualTo(model.page("", "", limit));
            KeyFilter begins = KeyFilter.beginningWith(prefix);
            assertThat(index.page(begins, "", limit)).isEqualTo(model.page(prefix, "", limit));
            assertThat(index.page(begins, probe.path(), limit))
                .isEqualTo(model.page(prefix, probe.path(), limit));
            DateRange recent = new DateRange(model.now.minusSeconds(5), model.now);
            assertThat(index.page(new KeyFilter(prefix, "b", recent), probe.path(), limit))
                .isEqualTo(
                    model.page(prefix, probe.path(), 1_000).stream()
                        .filter(row -> row.key().path().contains("b"))
                        .filter(row -> recent.contains(row.location().written()))
                        .limit(limit)
                        .toList());
          }
          assertThat(index.find(probe)).isEqualTo(model.living(probe));
          assertThat(garbage(index)).isEqualTo(model.garbage);
          assertThat(shared(index))
              .isEqualTo(
                  model.keys.entrySet().stream()
                      .filter(entry -> entry.getValue().sharing().isShared())
                      .map(entry -> new Row(entry.getKey(), entry.getValue()))
                      .collect(Collectors.toSet()));
        });
  }

  private static void apply(Step step, Model model, KeyIndex index) {
    switch (step) {
      case Step.Write write -> {
        Location location = model.location(write.lifetime());
        RegistrationResult outcome = done(index.record(write.key(), location, write.replace()));
        if (model.living(write.key()).isPresent() && !write.replace()) {
          assertThat(outcome).isEqualTo(new RegistrationResult.Exists());
        } else {
          assertThat(outcome)
              .isEqualTo(
                  new RegistrationResult.Stored(
                      Optional.ofNullable(model.keys.get(write.key())), location));
          model.drop(write.key());
          model.keys.put(write.key(), location);
          assertThat(done(index.record(write.key(), location, false)))
              .as("the same recording once more")
              .isEqualTo(new RegistrationResult.Stored(Optional.empty(), location));
        }
      }
      case Step.Delete delete -> {
        Optional<Location> living = model.living(delete.key());
        assertThat(done(index.remove(delete.key()))).isEqualTo(living);
        living.ifPresent(location -> model.drop(delete.key()));
      }
      case Step.Settle settle -> settle(settle, model, index);
      case Step.Pass pass -> model.now = model.now.plus(pass.time());
      case Step.Expire expire -> {
        List<Key> due =
            model.keys.entrySet().stream()
                .filter(entry -> entry.getValue().expiredAt(model.now))
                .map(java.util.Map.Entry::getKey)
                .toList();
        assertThat(index.hasDue()).isEqualTo(!due.isEmpty());
        assertThat(done(index.expire(1_000))).isEqualTo(due.size());
        due.forEach(model::drop);
      }
      case Step.Restore restore -> restore(restore, model, index);
      case Step.Copy copy -> copy(copy, model, index);
      case Step.LoseCopy lost -> lose(lost, model, index);
      case Step.Restart restart -> throw new AssertionError("not a step of an open index");
    }
  }

  private static void settle(Step.Settle settle, Model model, KeyIndex index) {
    Location location = model.keys.get(settle.key());
    ValueVersion never = new ValueVersion(settle.key().path(), 1_000_000 + model.ids);
    List<ValueVersion> asked = new ArrayList<>(List.of(never));
    Optional<Replica> own = Optional.ofNullable(location).flatMap(is -> is.at("node"));
    own.ifPresent(copy -> asked.add(new ValueVersion(settle.key().path(), copy.id())));
    List<ValueVersion> kept = done(index.settle("node", asked, settle.adopt()));
    assertThat(kept)
        .isEqualTo(settle.adopt() ? asked.subList(1, asked.size()) : List.<ValueVersion>of());
    if (!settle.adopt() && own.isPresent()) {
      model.drop(settle.key());
      model.garbage.remove(own.get());
    }
    Location late = new Location("node", never.id(), 1, 1, model.now, Optional.empty());
    assertThat(done(index.record(settle.key(), late, true)))
        .as("a recording that arrives after it was given up")
        .isEqualTo(new RegistrationResult.Withdrawn());
  }

  private static void copy(Step.Copy copy, Model model, KeyIndex index) {
    Location present = model.keys.get(copy.key());
    Replica made = new Replica(copy.node(), ++model.ids);
    Location seen = present == null ? model.location(Optional.empty()) : present;
    boolean counts = present != null && seen.at(copy.node()).isEmpty();
    assertThat(done(index.addCopy(new Row(copy.key(), seen), made))).isEqualTo(counts);
    if (counts) {
      model.keys.put(copy.key(), seen.with(made));
    }
  }

  /** The last copy can't be made again from another, but its node may have lost it. */
  private static void lose(Step.LoseCopy lost, Model model, KeyIndex index) {
    Location present = model.keys.get(lost.key());
    Optional<Replica> copy = Optional.ofNullable(present).flatMap(is -> is.at(lost.node()));
    if (present == null || copy.isEmpty()) {
      return;
    }
    Optional<Location> left = present.without(copy.get());
    if (lost.renewed()) {
      Replica made = new Replica(lost.node(), ++model.ids);
      assertThat(done(index.replaceCopy(new Row(lost.key(), present), copy.get(), made)))
          .isEqualTo(left.isPresent());
      left.ifPresent(rest -> model.garbage.add(copy.get()));
      model.keys.put(lost.key(), left.map(rest -> rest.with(made)).orElse(present));
    } else {
      ValueVersion version = new ValueVersion(lost.key().path(), copy.get().id());
      assertThat(done(index.forget(lost.node(), version))).isTrue();
      model.keys.remove(lost.key());
      left.ifPresent(rest -> model.keys.put(lost.key(), rest));
    }
  }

  private static void restore(Step.Restore restore, Model model, KeyIndex index) {
    Location fresh = model.location(Optional.empty());
    Location held =
        new Location(
            "node",
            fresh.id(),
            fresh.size(),
            fresh.checksum(),
            model.now.minus(restore.age()),
            Optional.empty());
    Location present = model.keys.get(restore.key());
    boolean wins =
        present == null
            || held.written().isAfter(present.written())
            || (held.written().equals(present.written()) && present.node().equals("node"));
    assertThat(done(index.adopt(List.of(new Row(restore.key(), held))))).isEqualTo(wins ? 1 : 0);
    if (wins) {
      model.drop(restore.key());
      model.keys.put(restore.key(), held);
    }
  }

  private static List<Step> steps(Random random) {
    return Stream.generate(() -> step(random)).limit(random.nextInt(41)).toList();
  }

  private static Step step(Random random) {
    return switch (random.nextInt(19)) {
      case 0, 1, 2, 3 -> new Step.Write(key(random), random.nextBoolean(), lifetime(random));
      case 4, 5 -> new Step.Delete(key(random));
      case 6, 7 -> new Step.Settle(key(random), random.nextBoolean());
      case 8, 9 -> new Step.Pass(Duration.ofSeconds(random.nextInt(1, 10)));
      case 10, 11 -> new Step.Expire();
      case 12 -> new Step.Restart();
      case 13, 14 -> new Step.Copy(key(random), anyOf(NODES, random));
      case 15, 16 -> new Step.LoseCopy(key(random), anyOf(NODES, random), random.nextBoolean());
      default -> new Step.Restore(key(random), Duration.ofSeconds(random.nextInt(31)));
    };
  }

  private static Optional<Duration> lifetime(Random random) {
    return random.nextInt(10) < 4
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(random.nextInt(1, 21)));
  }

  /** Few different ones, so that they meet; some share more than the table's keys can hold. */
  private static Key key(Random random) {
    return Key.of(anyOf(HEADS, random) + anyOf(TAILS, random));
  }

  private static String prefix(Random random) {
    return random.nextBoolean() ? anyOf(PREFIXES, random) : key(random).path();
  }

  private static String anyOf(List<String> texts, Random random) {
    return texts.get(random.nextInt(texts.size()));
  }

  /** A path of that many characters. */
  private static String head(int length) {
    return ("/" + "h".repeat(99)).repeat(7).substring(0, length);
  }

  private static boolean clear(WriteTransaction transaction) {
    KeyTables.ALL.forEach(table -> clear(transaction, table));
    return true;
  }

  private static <K> void clear(WriteTransaction transaction, Table<K, ?> table) {
    List<K> all = new ArrayList<>();
    transaction.scanKeys(table, Range.all(), all::add);
    all.forEach(key -> transaction.delete(table, key));
  }

  private static Set<Replica> garbage(KeyIndex index) {
    return NODES.stream()
        .flatMap(
            node ->
                index.garbage(node, Instant.MAX, 1_000).stream()
                    .map(version -> new Replica(node, version.id())))
        .collect(Collectors.toSet());
  }

  /** Page by page. */
  private static Set<Row> shared(KeyIndex index) {
    Set<Row> all = new HashSet<>();
    List<Row> page = index.sharedPage("", 2);
    while (!page.isEmpty()) {
      all.addAll(page);
      page = index.sharedPage(StoredName.of(page.getLast().key()), 2);
    }
    return all;
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("key-index");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
