package io.pulzar.lmdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** A table behaves like a sorted map, whatever is done to it and from wherever it is scanned. */
final class TableModelTest {

  record Key(String name, long number) {
    static final Comparator<Key> ORDER =
        Comparator.comparing(Key::name).thenComparingLong(Key::number);
  }

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

  @AfterContainer
  static void close() throws IOException {
    DATABASE.close();
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(DIRECTORY);
  }

  @Property(tries = 50)
  void aTableIsASortedMap(@ForAll("bodies") List<List<Step>> bodies, @ForAll("keys") Key probe) {
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

  @Provide
  Arbitrary<List<List<Step>>> bodies() {
    Arbitrary<Step> step =
        Combinators.combine(
                keys(),
                Arbitraries.strings().ofMaxLength(300).optional(0.7),
                Arbitraries.frequency(
                    net.jqwik.api.Tuple.of(30, false), net.jqwik.api.Tuple.of(1, true)))
            .as(Step::new);
    return step.list().ofMaxSize(12).list().ofMaxSize(8);
  }

  @Provide
  Arbitrary<Key> keys() {
    return Combinators.combine(
            Arbitraries.of("", "a", "ab", "b", "é", "a/b"),
            Arbitraries.of(Long.MIN_VALUE, -1L, 0L, 1L, 255L, 256L, Long.MAX_VALUE))
        .as(Key::new);
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
