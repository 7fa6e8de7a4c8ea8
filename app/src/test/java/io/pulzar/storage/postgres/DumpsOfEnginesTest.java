package io.pulzar.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.storage.Database;
import io.pulzar.storage.KeyForm;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.storage.StorageDamagedException;
import io.pulzar.storage.StorageEngine;
import io.pulzar.storage.Table;
import io.pulzar.storage.ValueForm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one engine dumps the other loads: so a backup is of neither. */
final class DumpsOfEnginesTest {

  private static final Table<Long, String> NAMES =
      new Table<>("names of all", KeyForm.number(), ValueForm.text()).withChecksums();
  private static final List<Table<?, ?>> TABLES = List.of(NAMES);
  private static final Instant MADE = Instant.parse("2026-11-20T08:00:00Z");
  private static final long RECORDS = 3_000;

  @TempDir private Path directory;
  private final StorageEngine lmdb = StorageEngine.local();
  private PostgresEngine postgres;

  @BeforeEach
  void start() {
    postgres = PostgresFixture.engine();
  }

  @AfterEach
  void stop() {
    postgres.close();
  }

  @Test
  void fromAHomeToPostgresAndBack() throws IOException {
    byte[] first;
    try (Database home = lmdb.open(directory.resolve("home"), TABLES)) {
      fill(home);
      first = dump(home);
    }
    Path moved = directory.resolve("moved");
    postgres.load(new ByteArrayInputStream(first), moved, MADE, MADE.plusSeconds(90));
    byte[] second;
    try (Database there = postgres.open(moved, TABLES)) {
      check(there);
      assertThat(there.<Optional<Duration>>writeAndWait(tx -> tx.afterRestore("a")))
          .contains(Duration.ofSeconds(90));
      second = dump(there);
    }
    Path back = directory.resolve("back");
    lmdb.load(new ByteArrayInputStream(second), back, MADE, MADE);
    try (Database again = lmdb.open(back, TABLES)) {
      check(again);
    }
  }

  @Test
  void nothingIsLoadedOverWhatIsThere() throws IOException {
    Path place = directory.resolve("taken");
    byte[] dump;
    try (Database there = postgres.open(place, TABLES)) {
      fill(there);
      dump = dump(there);
    }
    assertThatThrownBy(() -> postgres.load(new ByteArrayInputStream(dump), place, MADE, MADE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("already");
    try (Database there = postgres.open(place, TABLES)) {
      check(there);
    }
  }

  @Test
  void aLoadThatBrokeOffIsNoDatabaseUntilItIsMadeAgain() throws IOException {
    byte[] dump;
    try (Database there = postgres.open(directory.resolve("first"), TABLES)) {
      fill(there);
      dump = dump(there);
    }
    Path place = directory.resolve("second");
    byte[] early = Arrays.copyOf(dump, dump.length / 2);
    assertThatThrownBy(() -> postgres.load(new ByteArrayInputStream(early), place, MADE, MADE))
        .hasMessageContaining("ends early");
    assertThatThrownBy(() -> postgres.open(place, TABLES))
        .isInstanceOf(StorageDamagedException.class)
        .hasMessageContaining("not finished");
    postgres.load(new ByteArrayInputStream(dump), place, MADE, MADE);
    try (Database there = postgres.open(place, TABLES)) {
      check(there);
    }
  }

  @Test
  void databasesOfBothAreLookedAtTogether() {
    try (Database here = lmdb.open(directory.resolve("here"), TABLES);
        Database there = postgres.open(directory.resolve("there"), TABLES)) {
      fill(here);
      List<Long> entries =
          StorageEngine.readAll(
              List.of(there, here, there),
              views -> views.stream().map(view -> view.entries(NAMES)).toList());
      assertThat(entries).containsExactly(0L, RECORDS, 0L);
    }
  }

  private static void fill(Database database) {
    boolean _ =
        database.writeAndWait(
            tx -> {
              for (long number = 0; number < RECORDS; number++) {
                tx.put(NAMES, number, "name " + number);
              }
              return true;
            });
  }

  private static void check(Database database) {
    assertThat(database.<Long>read(tx -> tx.entries(NAMES))).isEqualTo(RECORDS);
    assertThat(database.<Integer>read(DumpsOfEnginesTest::readable)).isEqualTo((int) RECORDS);
    assertThat(database.verify()).isEmpty();
  }

  private static int readable(ReadTransaction view) {
    return view.page(NAMES, Range.all(), Integer.MAX_VALUE).size();
  }

  private static byte[] dump(Database database) {
    ByteArrayOutputStream dump = new ByteArrayOutputStream();
    boolean _ =
        database.read(
            tx -> {
              tx.dumpTo(dump);
              return true;
            });
    return dump.toByteArray();
  }
}
