package io.pulzar.storage.lmdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.storage.KeyForm;
import io.pulzar.storage.StorageVersionException;
import io.pulzar.storage.Table;
import io.pulzar.storage.ValueForm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each table says its format: older ones are brought up, newer ones refused. */
final class TableFormatTest {

  private static final Table<Long, String> PLAIN =
      new Table<>("names", KeyForm.number(), ValueForm.text());
  private static final Table<Long, String> CHECKED = PLAIN.withChecksums();
  private static final long RECORDS = 5_000;

  @TempDir private Path directory;

  @Test
  void aPlainTableIsBroughtUpOnce() {
    fillPlain(directory);
    for (int start = 0; start < 2; start++) {
      try (LmdbDatabase database = open(directory, CHECKED)) {
        assertThat(database.<Long>read(tx -> tx.entries(CHECKED))).isEqualTo(RECORDS);
        assertThat(database.verify()).isEmpty();
        assertThat(name(database, 4_321)).contains("name 4321");
      }
    }
  }

  @Test
  void anOlderProgramRefusesWhatANewerOneWrote() {
    fillPlain(directory);
    open(directory, CHECKED).close();
    assertThatThrownBy(() -> open(directory, PLAIN))
        .isInstanceOf(StorageVersionException.class)
        .hasMessageContaining("newer Pulzar (table names in format 2, this one knows 1)")
        .hasMessageContaining("use that version");
    try (LmdbDatabase database = open(directory, CHECKED)) {
      assertThat(name(database, 1)).contains("name 1");
    }
  }

  @Test
  void anEmptyTableTakesTheNewFormat() {
    open(directory, PLAIN).close();
    try (LmdbDatabase database = open(directory, CHECKED)) {
      boolean _ =
          database.writeAndWait(
              tx -> {
                tx.put(CHECKED, 1L, "");
                return true;
              });
      assertThat(name(database, 1)).contains("");
    }
  }

  @Test
  void aCopyKeepsTheFormatAndSaysOnceToEachThatItWasPutBack() throws IOException {
    fillPlain(directory.resolve("first"));
    ByteArrayOutputStream dump = new ByteArrayOutputStream();
    try (LmdbDatabase database = open(directory.resolve("first"), CHECKED)) {
      boolean _ =
          database.read(
              tx -> {
                tx.dumpTo(dump);
                return true;
              });
      assertThat(database.<Optional<Duration>>writeAndWait(tx -> tx.afterRestore("a"))).isEmpty();
    }
    Instant made = Instant.parse("2026-11-20T08:00:00Z");
    Path second = directory.resolve("second");
    LmdbDump.load(new ByteArrayInputStream(dump.toByteArray()), second, made, made.plusSeconds(90));
    for (int start = 0; start < 2; start++) {
      try (LmdbDatabase database = open(second, CHECKED)) {
        assertThat(database.verify()).isEmpty();
        for (String who : List.of("a", "b")) {
          assertThat(database.<Optional<Duration>>writeAndWait(tx -> tx.afterRestore(who)))
              .isEqualTo(start == 0 ? Optional.of(Duration.ofSeconds(90)) : Optional.empty());
        }
      }
    }
  }

  private static Optional<String> name(LmdbDatabase database, long number) {
    return database.read(tx -> tx.get(CHECKED, number));
  }

  private static void fillPlain(Path directory) {
    try (LmdbDatabase database = open(directory, PLAIN)) {
      boolean _ =
          database.writeAndWait(
              tx -> {
                for (long number = 0; number < RECORDS; number++) {
                  tx.put(PLAIN, number, "name " + number);
                }
                return true;
              });
    }
  }

  private static LmdbDatabase open(Path directory, Table<Long, String> table) {
    return LmdbDatabase.open(directory, LmdbLimits.DEFAULT, List.of(table));
  }
}
