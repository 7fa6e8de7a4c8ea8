package io.pulzar.storage.lmdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.ChildJvm;
import io.pulzar.storage.KeyForm;
import io.pulzar.storage.Range;
import io.pulzar.storage.StorageDamagedException;
import io.pulzar.storage.StorageException;
import io.pulzar.storage.Table;
import io.pulzar.storage.UnreadableRecordException;
import io.pulzar.storage.ValueForm;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

  /** Bytes of a page of the head that say something. */
  private static final int HEAD = 152;

  /** Lengthens no file, so that it ends with its last page. */
  private static final LmdbLimits LIMITS =
      new LmdbLimits(16L << 20, 64L << 20, 0, 8, 100, 100, 64_000);

  private static final String OPENED = "opened ";

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
  void aFileIsRefusedAtEveryLength() throws IOException {
    DataFile data = new DataFile(directory);
    try (FileChannel whole = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (long length = usedBytes() - 1; length > 0; length -= 997) {
        FileChannel _ = whole.truncate(length);
        assertThatThrownBy(() -> data.check(1))
            .as("%d bytes", length)
            .isInstanceOf(StorageDamagedException.class)
            .hasMessageContaining("is cut off");
      }
    }
  }

  /**
   * What the engine is not protected from by the look before it is tried in a process of its own.
   */
  @Test
  void noFlippedBitInTheHeadEndsTheProcess() throws Exception {
    DataFile data = new DataFile(directory);
    byte[] whole = Files.readAllBytes(file);
    List<String> passed = new ArrayList<>();
    int refused = 0;
    for (int page = 0; page < 2; page++) {
      for (int at = 0; at < HEAD; at++) {
        for (int bit = at % 4; bit < 8; bit += 4) {
          int place = page * PAGE + at;
          if (passes(data, whole, place, bit)) {
            passed.add(place + ":" + bit);
          } else {
            refused++;
          }
        }
      }
    }
    assertThat(refused).isGreaterThan(100);
    assertThat(openedElsewhere(passed)).isEqualTo(passed);
  }

  @Test
  void noFlippedBitInAPageEndsTheProcess() throws Exception {
    DataFile data = new DataFile(directory);
    byte[] whole = Files.readAllBytes(file);
    List<String> passed = new ArrayList<>();
    int used = (int) usedBytes();
    for (int at = 2 * PAGE; at < used; at += at % PAGE < 32 ? 1 : 203) {
      if (passes(data, whole, at, at % 8)) {
        passed.add(at + ":" + at % 8);
      }
    }
    List<String> some = new ArrayList<>();
    for (int at = 0; at < passed.size(); at += Math.max(1, passed.size() / 60)) {
      some.add(passed.get(at));
    }
    assertThat(openedElsewhere(some)).isEqualTo(some);
  }

  /** Whether the look before the opening lets a flipped bit pass; refusals are clear. */
  private boolean passes(DataFile data, byte[] whole, int at, int bit) throws IOException {
    try (RandomAccessFile changed = new RandomAccessFile(file.toFile(), "rw")) {
      changed.seek(at);
      changed.write(whole[at] ^ 1 << bit);
      try {
        data.check(Long.MAX_VALUE);
        return true;
      } catch (StorageDamagedException clear) {
        assertThat(clear).hasMessageStartingWith(file + " ").hasMessageNotContaining("\n");
        return false;
      } finally {
        changed.seek(at);
        changed.write(whole[at]);
      }
    }
  }

  /** Those of these flips with which another process opened, read and closed the database. */
  private List<String> openedElsewhere(List<String> flips) throws Exception {
    Process process =
        new ChildJvm(Opener.class).start(directory.toString(), String.join(",", flips));
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output
        .lines()
        .filter(line -> line.startsWith(OPENED))
        .map(line -> line.substring(OPENED.length()))
        .toList();
  }

  /** The other process. */
  static final class Opener {

    private Opener() {}

    public static void main(String[] arguments) throws IOException {
      Path directory = Path.of(arguments[0]);
      Path file = directory.resolve("data.mdb");
      byte[] whole = Files.readAllBytes(file);
      for (String flip : arguments[1].split(",", -1)) {
        String[] place = flip.split(":", -1);
        byte[] flipped = whole.clone();
        flipped[Integer.parseInt(place[0])] ^= (byte) (1 << Integer.parseInt(place[1]));
        Files.write(file, flipped);
        try (LmdbDatabase database = LmdbDatabase.open(directory, LIMITS, List.of(NAMES))) {
          database.verify();
          boolean _ =
              database.writeAndWait(
                  tx -> {
                    tx.put(NAMES, -1L, "one more ".repeat(1_000));
                    return true;
                  });
        } catch (StorageException clear) {
          System.out.println("refused: " + clear.getMessage());
        }
        System.out.println(OPENED + flip);
      }
    }
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
    return LmdbDatabase.open(directory, LIMITS, List.of(NAMES));
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
