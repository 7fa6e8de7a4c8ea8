package io.pulzar.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Cases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table behaves like a sorted map, whatever is done to it and from wherever it is scanned. */
public abstract class TableContract {

  record Key(String name, long number) {
    static final Comparator<Key> ORDER =
        Comparator.comparing(Key::name).thenComparingLong(Key::number);
  }

  private static final List<String> NAMES = List.of("", "a", "ab", "b", "é", "a/b");
  private static final long[] NUMBERS = {Long.MIN_VALUE, -1, 0, 1, 255, 256, Long.MAX_VALUE};

  record Step(Key key, Optional<String> value, boolean fails) {}

  private static final Table<Key, String> TABLE =
      new Table<>(
          "model",
          KeyForm.of(
              (key, out) -> out.text(key.name()).number(key.number()),
              in -> new Key(in.text(), in.number())),
          ValueForm.text());

  @TempDir private Path directory;

  /** The one to try. */
  protected abstract StorageEngine engine();

  @Test
  void aTableIsASortedMap() {
    try (Database database = engine().open(directory, List.of(TABLE))) {
      Cases.each(50, seed -> aTableIsASortedMap(database, seed));
    }
  }

  private static void aTableIsASortedMap(Database database, int seed) {
    Random random = new Random(seed);
    List<List<Step>> bodies = bodies(random);
    Key probe = key(random);
    NavigableMap<Key, String> model = new TreeMap<>(Key.ORDER);
    database.writeAndWait(TableContract::clear);
    for (List<Step> body : bodies) {
      boolean fails = body.stream().anyMatch(Step::fails);
      try {
        database.writeAndWait(tx -> apply(tx, body));
      } catch (IllegalStateException onPurpose) {
        assertThat(fails).isTrue();
      }
      if (!fails) {
        body.forEach(step -> apply(model, step));
      }
    }
    assertThat(scanned(database, Range.all())).isEqualTo(pairs(model));
    assertThat(scanned(database, Range.allBackward())).isEqualTo(pairs(model.descendingMap()));
    assertThat(scanned(database, Range.from(probe))).isEqualTo(pairs(model.tailMap(probe, true)));
    assertThat(scanned(database, Range.after(probe))).isEqualTo(pairs(model.tailMap(probe, false)));
    assertThat(scanned(database, Range.downFrom(probe)))
        .isEqualTo(pairs(model.headMap(probe, true).descendingMap()));
    assertThat(scanned(database, Range.before(probe)))
        .isEqualTo(pairs(model.headMap(probe, false).descendingMap()));
    assertThat(scanned(database, Range.<Key>all().upTo(probe)))
        .isEqualTo(pairs(model.headMap(probe, true)));
    assertThat(scanned(database, Range.<Key>all().until(probe)))
        .isEqualTo(pairs(model.headMap(probe, false)));
    assertThat(scanned(database, Range.<Key>allBackward().until(probe)))
        .isEqualTo(pairs(model.tailMap(probe, false).descendingMap()));
    assertThat(database.statistics(TABLE).entries()).isEqualTo(model.size());
  }

  private static List<List<Step>> bodies(Random random) {
    return Stream.generate(
            () -> Stream.generate(() -> step(random)).limit(random.nextInt(13)).toList())
        .limit(random.nextInt(9))
        .toList();
  }

  private static Step step(Random random) {
    Optional<String> value = random.nextInt(10) < 3 ? Optional.empty() : Optional.of(text(random));
    return new Step(key(random), value, random.nextInt(31) == 0);
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(300), 0, 0xD800)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static Key key(Random random) {
    return new Key(
        NAMES.get(random.nextInt(NAMES.size())), NUMBERS[random.nextInt(NUMBERS.length)]);
  }

  private static boolean apply(WriteTransaction tx, List<Step> body) {
    for (Step step : body) {
      if (step.fails()) {
        throw new IllegalStateException("on purpose");
      }
      step.value()
          .ifPresentOrElse(
              value -> tx.put(TABLE, step.key(), value), () -> tx.delete(TABLE, step.key()));
    }
    return true;
  }

  private static void apply(NavigableMap<Key, String> model, Step step) {
    step.value()
        .ifPresentOrElse(value -> model.put(step.key(), value), () -> model.remove(step.key()));
  }

  private static boolean clear(WriteTransaction tx) {
    tx.page(TABLE, Range.all(), Integer.MAX_VALUE).forEach(entry -> tx.delete(TABLE, entry.key()));
    return true;
  }

  private static List<Entry<Key, String>> scanned(Database database, Range<Key> range) {
    return database.read(tx -> tx.page(TABLE, range, Integer.MAX_VALUE));
  }

  private static List<Entry<Key, String>> pairs(NavigableMap<Key, String> model) {
    List<Entry<Key, String>> pairs = new ArrayList<>();
    model.forEach((key, value) -> pairs.add(new Entry<>(key, value)));
    return pairs;
  }
}
