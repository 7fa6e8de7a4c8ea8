package io.pulzar.storage.lmdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.storage.KeyForm;
import io.pulzar.storage.Range;
import io.pulzar.storage.StorageDamagedException;
import io.pulzar.storage.Table;
import io.pulzar.storage.UnreadableRecordException;
import io.pulzar.storage.ValueForm;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happened to a database's file: one clear refusal, or all that is still right. */
final class DamagedDatabaseTest {

  private static final Table<Long, String> NAMES =
      new Table<>("names", KeyForm.number(), ValueForm.text()).withChecksums();
  private static final int PAGE = 4096;
  private static final int RECORDS = 3_000;

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void fill() {
    file = directory.resolve("data.mdb");
    try (LmdbDatabase database = open()) {
      boolean _ =
          database.writeAndWait(
              tx -> {
                for (long number = 0; number < RECORDS; number++) {
                  tx.put(NAMES, number, "the name of number " + number);
                }
                tx.put(NAMES, (long) RECORDS, "long ".repeat(5_000));
                return true;
              });
    }
  }

  @Test
  void aWholeOneIsOpened() {
    assertOpens();
  }

  private void assertOpens() {
    try (LmdbDatabase database = open()) {
      assertThat(database.verify()).isEmpty();
      assertThat(database.<Long>read(tx -> tx.entries(NAMES))).isEqualTo(RECORDS + 1);
    }
  }

  @Test
  void anEmptyFileIsNotTakenForANewDatabase() throws IOException {
    Files.write(file, new byte[0]);
    assertRefused("is empty");
  }

  @Test
  void aMissingFileIsNotTakenForANewDatabase() throws IOException {
    Files.delete(file);
    assertRefused("is missing");
  }

  @Test
  void aFileThatIsCutOffIsRefusedWhereverItWasCut() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    long used = usedBytes();
    for (long length : List.of(100L, 4_000L, 5_000L, 3L * PAGE, used / 2, used - PAGE)) {
      Files.write(file, Arrays.copyOf(whole, (int) length));
      assertRefused("is cut off");
    }
    Files.write(file, Arrays.copyOf(whole, (int) used));
    assertOpens();
  }

  @Test
  void aFileOfSomethingElseIsRefused() throws IOException {
    Files.writeString(file, "no database ".repeat(10_000));
    assertRefused("is damaged in its head, or is no database");
  }

  @Test
  void aFlippedHeadOfAPageIsRefused() throws IOException {
    int refused = 0;
    byte[] whole = Files.readAllBytes(file);
    long pages = usedBytes() / PAGE;
    for (long page = 2; page < pages; page++) {
      byte[] flipped = whole.clone();
      flipped[(int) page * PAGE] ^= 0x40;
      Files.write(file, flipped);
      try (LmdbDatabase database = open()) {
        // The page is free, or inside a long value.
        assertThat(database.<Long>read(tx -> tx.entries(NAMES))).isEqualTo(RECORDS + 1);
      } catch (StorageDamagedException clear) {
        assertThat(clear).hasMessageContaining("is damaged at page");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(20);
  }

  @Test
  void aRecordThatTheDiskChangedIsNamedAndTheOthersAreRead() throws IOException {
    flip("the name of number 1234");
    try (LmdbDatabase database = open()) {
      List<Long> read = new ArrayList<>();
      boolean _ =
          database.read(
              tx -> {
                tx.scan(NAMES, Range.all(), (number, name) -> read.add(number));
                return true;
              });
      assertThat(read).hasSize(RECORDS).doesNotContain(1234L).contains(1233L, 1235L);
      assertThatThrownBy(() -> database.read(tx -> tx.get(NAMES, 1234L)))
          .isInstanceOf(UnreadableRecordException.class)
          .hasMessageContaining("record 1234 of table names");
      Optional<String> left = database.read(tx -> tx.getReadable(NAMES, 1234L));
      assertThat(left).isEmpty();
      assertThat(name(database, 1235)).contains("the name of number 1235");
      assertThat(database.verify()).containsExactly("record 1234 of table names");
      boolean _ =
          database.writeAndWait(
              tx -> {
                tx.put(NAMES, 1234L, "written again");
                return true;
              });
      assertThat(name(database, 1234)).contains("written again");
    }
  }

  private static Optional<String> name(LmdbDatabase database, long number) {
    return database.read(tx -> tx.get(NAMES, number));
  }

  private LmdbDatabase open() {
    return LmdbDatabase.open(directory, LmdbLimits.DEFAULT, List.of(NAMES));
  }

  private void assertRefused(String what) {
    assertThatThrownBy(this::open)
        .isInstanceOf(StorageDamagedException.class)
        .hasMessageStartingWith(file + " ")
        .hasMessageContaining(what)
        .hasMessageContaining("pulzar restore")
        .hasMessageNotContaining("\n");
  }

  /** Without the zeros behind the last page. */
  private long usedBytes() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    int last = whole.length - 1;
    while (whole[last] == 0) {
      last--;
    }
    return (last / PAGE + 1L) * PAGE;
  }

  private void flip(String text) throws IOException {
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    byte[] whole = Files.readAllBytes(file);
    try (RandomAccessFile changed = new RandomAccessFile(file.toFile(), "rw")) {
      for (int at = 0; at < whole.length - wanted.length; at++) {
        if (Arrays.equals(wanted, 0, wanted.length, whole, at, at + wanted.length)) {
          changed.seek(at + 4);
          changed.write(whole[at + 4] ^ 1);
        }
      }
    }
  }
}
