package io.pulzar.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a database of any engine must do. */
public abstract class DatabaseContract {

  private static final Table<Long, String> NAMES =
      new Table<>("names", KeyForm.number(), ValueForm.text());
  private static final Table<String, Long> COUNTS =
      new Table<>("counts", KeyForm.text(), ValueForm.number());

  @TempDir private Path directory;
  private Database database;

  /** The one to try. */
  protected abstract StorageEngine engine();

  @BeforeEach
  void open() {
    database = engine().open(directory, List.of(NAMES, COUNTS));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatWasWrittenIsThereAfterReopening() {
    database.writeAndWait(
        tx -> {
          tx.put(NAMES, 7L, "seven");
          tx.put(COUNTS, "a", 1L);
          return true;
        });
    close();
    open();
    assertThat(name(7)).contains("seven");
    assertThat(database.<Optional<Long>>read(tx -> tx.get(COUNTS, "a"))).contains(1L);
  }

  @Test
  void closingEndsWhatReadsForLong() {
    database.writeAndWait(
        tx -> {
          tx.put(NAMES, 1L, "one");
          return true;
        });
    CountDownLatch inside = new CountDownLatch(1);
    CompletableFuture<Long> reading =
        CompletableFuture.supplyAsync(
            () ->
                database.read(
                    tx -> {
                      while (true) {
                        tx.scanKeys(NAMES, Range.all(), key -> true);
                        inside.countDown();
                      }
                    }));
    await(inside);
    database.close();
    assertThatThrownBy(reading::join).hasRootCauseInstanceOf(StorageException.class);
    open();
    assertThat(name(1)).contains("one");
  }

  @Test
  void aReaderSeesNothingOfAWriteUnderWay() {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch seen = new CountDownLatch(1);
    var done =
        database.write(
            tx -> {
              tx.put(NAMES, 1L, "one");
              inside.countDown();
              await(seen);
              return true;
            });
    await(inside);
    assertThat(name(1)).isEmpty();
    seen.countDown();
    done.toCompletableFuture().join();
    assertThat(name(1)).contains("one");
  }

  @Test
  void aFailingBodyIsUndoneAndItsNeighboursAreNot() {
    database.writeAndWait(tx -> put(tx, 1, "old"));
    CountDownLatch gathered = new CountDownLatch(1);
    var blocker = database.write(tx -> awaited(gathered));
    var before = database.write(tx -> put(tx, 2, "before")).toCompletableFuture();
    var failing =
        database
            .<Boolean>write(
                tx -> {
                  tx.put(NAMES, 1L, "new");
                  tx.put(NAMES, 1L, "newer");
                  tx.delete(NAMES, 2L);
                  tx.put(NAMES, 3L, "three");
                  throw new IllegalStateException("on purpose");
                })
            .toCompletableFuture();
    var after = database.write(tx -> put(tx, 4, "after")).toCompletableFuture();
    gathered.countDown();
    CompletableFuture.allOf(blocker.toCompletableFuture(), before, after).join();
    assertThatThrownBy(failing::join).hasRootCauseMessage("on purpose");
    assertThat(entries(Range.all())).containsExactly("1=old", "2=before", "4=after");
  }

  @Test
  void aWriteThatWaitsThrowsWhatItsBodyThrew() {
    assertThatThrownBy(
            () ->
                database.<Boolean>writeAndWait(
                    tx -> {
                      throw new IllegalArgumentException("the body's own");
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the body's own");
  }

  @Test
  void aBodySeesItsOwnChanges() {
    List<Boolean> seen =
        database.writeAndWait(
            tx ->
                List.of(
                    tx.putIfAbsent(NAMES, 1L, "first"),
                    tx.putIfAbsent(NAMES, 1L, "second"),
                    tx.delete(NAMES, 1L),
                    tx.delete(NAMES, 1L)));
    assertThat(seen).containsExactly(true, false, true, false);
  }

  @Test
  void theWriterRefusesToWaitForItself() {
    assertThatThrownBy(
            () -> database.writeAndWait(tx -> database.writeAndWait(inner -> put(inner, 1, "x"))))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aSecondOwnerIsRefused() {
    assertThatThrownBy(() -> engine().open(directory, List.of(NAMES, COUNTS)))
        .isInstanceOf(StorageBusyException.class)
        .hasMessageContaining("in use by another server");
  }

  @Test
  void aKeyOverTheLimitIsRefusedByName() {
    String longest = "k".repeat(KeyForm.LONGEST);
    database.writeAndWait(
        tx -> {
          tx.put(COUNTS, longest, 1L);
          return true;
        });
    assertThat(database.<Boolean>read(tx -> tx.contains(COUNTS, longest))).isTrue();
    assertThatThrownBy(() -> database.read(tx -> tx.contains(COUNTS, longest + "k")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("511 bytes");
  }

  @Test
  void aClosedDatabaseAnswersInsteadOfCrashing() {
    database.close();
    assertThatThrownBy(() -> name(1)).isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> database.writeAndWait(tx -> put(tx, 1, "x")))
        .isInstanceOf(StorageException.class);
  }

  @Test
  void aDumpLoadedAgainIsADatabaseOfOneState(@TempDir Path copy) throws IOException {
    database.writeAndWait(tx -> put(tx, 1, "one") && put(tx, -7, "x".repeat(100_000)));
    ByteArrayOutputStream dump = new ByteArrayOutputStream();
    engine()
        .readTogether(
            List.of(database),
            views -> {
              database.writeAndWait(tx -> put(tx, 2, "two"));
              views.getFirst().dumpTo(dump);
              return views;
            });
    engine().load(new ByteArrayInputStream(dump.toByteArray()), copy, Instant.EPOCH, Instant.EPOCH);
    try (Database copied = engine().open(copy, List.of(NAMES))) {
      assertThat(copied.<List<Entry<Long, String>>>read(tx -> tx.page(NAMES, Range.all(), 10)))
          .containsExactly(new Entry<>(-7L, "x".repeat(100_000)), new Entry<>(1L, "one"));
    }
  }

  @Test
  void aDumpThatEndsEarlyIsRefused(@TempDir Path copy) {
    database.writeAndWait(tx -> put(tx, 1, "one"));
    ByteArrayOutputStream dump = new ByteArrayOutputStream();
    database.read(
        tx -> {
          tx.dumpTo(dump);
          return dump;
        });
    byte[] early = Arrays.copyOf(dump.toByteArray(), dump.size() - 2);
    assertThatThrownBy(
            () ->
                engine().load(new ByteArrayInputStream(early), copy, Instant.EPOCH, Instant.EPOCH))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ends early");
  }

  @Test
  void aBodySeesItsChangesInScansOverWhatIsStored() {
    database.writeAndWait(tx -> put(tx, 1, "one") && put(tx, 3, "three") && put(tx, 5, "five"));
    List<String> seen =
        database.writeAndWait(
            tx -> {
              tx.put(NAMES, 2L, "two");
              tx.put(NAMES, 3L, "new");
              tx.delete(NAMES, 5L);
              tx.put(NAMES, 6L, "six");
              return tx.page(NAMES, Range.after(1L), 10).stream()
                  .map(entry -> entry.key() + "=" + entry.value())
                  .toList();
            });
    assertThat(seen).containsExactly("2=two", "3=new", "6=six");
    assertThat(entries(Range.allBackward())).containsExactly("6=six", "3=new", "2=two", "1=one");
  }

  @Test
  void aTableKnowsHowManyRecordsItHas() {
    database.writeAndWait(tx -> put(tx, 1, "one") && put(tx, 2, "two"));
    List<Long> counts =
        database.writeAndWait(
            tx -> {
              tx.put(NAMES, 2L, "again");
              tx.put(NAMES, 3L, "three");
              long withThree = tx.entries(NAMES);
              tx.delete(NAMES, 1L);
              tx.delete(NAMES, 9L);
              return List.of(withThree, tx.entries(NAMES));
            });
    assertThat(counts).containsExactly(3L, 2L);
    database.writeAndWait(tx -> put(tx, 2, "blind") && put(tx, 4, "four"));
    assertThat(database.<Long>read(tx -> tx.entries(NAMES))).isEqualTo(3);
    close();
    open();
    database.writeAndWait(tx -> put(tx, 3, "after reopening") && put(tx, 5, "five"));
    assertThat(database.<Long>read(tx -> tx.entries(NAMES))).isEqualTo(4);
    assertThat(database.verify()).isEmpty();
  }

  @Test
  void aLongScanSeesEachRecordOnce() {
    database.writeAndWait(
        tx -> {
          for (long key = 0; key < 5_000; key++) {
            tx.put(NAMES, key, "name " + key);
          }
          return true;
        });
    List<Long> keys = new ArrayList<>();
    database.read(
        tx -> {
          tx.scanKeys(NAMES, Range.from(10L).until(4_990L), keys::add);
          return true;
        });
    assertThat(keys).hasSize(4_980).isSorted().startsWith(10L).endsWith(4_989L);
  }

  @Test
  void aStopInsideAScanEndsIt() {
    database.writeAndWait(tx -> put(tx, 1, "one") && put(tx, 2, "two") && put(tx, 3, "three"));
    List<Long> keys = new ArrayList<>();
    database.read(
        tx -> {
          tx.scanKeys(
              NAMES,
              Range.all(),
              key -> {
                keys.add(key);
                return key < 2;
              });
          return true;
        });
    assertThat(keys).containsExactly(1L, 2L);
  }

  private Optional<String> name(long key) {
    return database.read(tx -> tx.get(NAMES, key));
  }

  private List<String> entries(Range<Long> range) {
    return database.read(
        tx ->
            tx.page(NAMES, range, 100).stream()
                .map(entry -> entry.key() + "=" + entry.value())
                .toList());
  }

  private static boolean put(WriteTransaction tx, long key, String value) {
    tx.put(NAMES, key, value);
    return true;
  }

  private static boolean awaited(CountDownLatch latch) {
    await(latch);
    return true;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
