package io.pulzar.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.storage.lmdb.Database;
import io.pulzar.storage.lmdb.DatabaseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** A table behaves like a sorted map, whatever is done to it and from wherever it is scanned. */
final class TableModelTest {

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

  private static final Path DIRECTORY = temporaryDirectory();
  private static final Database DATABASE =
      Database.open(DIRECTORY, DatabaseSettings.DEFAULT, List.of(TABLE));

  @AfterAll
  static void close() throws IOException {
    DATABASE.close();
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(DIRECTORY);
  }

  @RepeatedTest(50)
  void aTableIsASortedMap(RepetitionInfo info) {
    Random random = new Random(info.getCurrentRepetition());
    List<List<Step>> bodies = bodies(random);
    Key probe = key(random);
    NavigableMap<Key, String> model = new TreeMap<>(Key.ORDER);
    DATABASE.writeAndWait(TableModelTest::clear);
    for (List<Step> body : bodies) {
      boolean fails = body.stream().anyMatch(Step::fails);
      try {
        DATABASE.writeAndWait(tx -> apply(tx, body));
      } catch (IllegalStateException onPurpose) {
        assertThat(fails).isTrue();
      }
      if (!fails) {
        body.forEach(step -> apply(model, step));
      }
    }
    assertThat(scanned(Range.all())).isEqualTo(pairs(model));
    assertThat(scanned(Range.allBackward())).isEqualTo(pairs(model.descendingMap()));
    assertThat(scanned(Range.from(probe))).isEqualTo(pairs(model.tailMap(probe, true)));
    assertThat(scanned(Range.after(probe))).isEqualTo(pairs(model.tailMap(probe, false)));
    assertThat(scanned(Range.downFrom(probe)))
        .isEqualTo(pairs(model.headMap(probe, true).descendingMap()));
    assertThat(scanned(Range.before(probe)))
        .isEqualTo(pairs(model.headMap(probe, false).descendingMap()));
    assertThat(scanned(Range.<Key>all().upTo(probe))).isEqualTo(pairs(model.headMap(probe, true)));
    assertThat(scanned(Range.<Key>all().until(probe)))
        .isEqualTo(pairs(model.headMap(probe, false)));
    assertThat(scanned(Range.<Key>allBackward().until(probe)))
        .isEqualTo(pairs(model.tailMap(probe, false).descendingMap()));
    assertThat(DATABASE.statistics(TABLE).entries()).isEqualTo(model.size());
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

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("table-model");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static boolean clear(WriteTransaction tx) {
    tx.page(TABLE, Range.all(), Integer.MAX_VALUE).forEach(entry -> tx.delete(TABLE, entry.key()));
    return true;
  }

  private static List<Entry<Key, String>> scanned(Range<Key> range) {
    return DATABASE.read(tx -> tx.page(TABLE, range, Integer.MAX_VALUE));
  }

  private static List<Entry<Key, String>> pairs(NavigableMap<Key, String> model) {
    List<Entry<Key, String>> pairs = new ArrayList<>();
    model.forEach((key, value) -> pairs.add(new Entry<>(key, value)));
    return pairs;
  }
}
