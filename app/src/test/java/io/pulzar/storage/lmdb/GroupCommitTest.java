package io.pulzar.storage.lmdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.storage.KeyForm;
import io.pulzar.storage.Range;
import io.pulzar.storage.ReadTransaction;
import io.pulzar.storage.StorageFullException;
import io.pulzar.storage.Table;
import io.pulzar.storage.ValueForm;
import io.pulzar.storage.WriteActivity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GroupCommitTest {

  private static final Table<Long, byte[]> BLOCKS =
      new Table<>("blocks", KeyForm.number(), ValueForm.bytes());

  @TempDir private Path directory;
  private long lastKey;

  @Test
  void writesThatWaitTogetherShareOneCommit() {
    try (LmdbDatabase database = open(LmdbLimits.DEFAULT)) {
      CountDownLatch gathered = new CountDownLatch(1);
      var blocker = database.write(tx -> awaited(gathered)).toCompletableFuture();
      List<CompletableFuture<Boolean>> writes = new ArrayList<>();
      for (long key = 0; key < 500; key++) {
        writes.add(store(database, key, 10));
      }
      gathered.countDown();
      blocker.join();
      writes.forEach(CompletableFuture::join);
      WriteActivity activity = database.activity();
      assertThat(activity.writes()).isEqualTo(501);
      assertThat(activity.commits()).isBetween(1L, 3L);
      assertThat(activity.waiting()).isZero();
    }
  }

  @Test
  void theMapGrowsUnderLoadWhileReadersGoOn() throws Exception {
    LmdbLimits small = LmdbLimits.DEFAULT.withMap(1 << 20, 256 << 20);
    AtomicBoolean stop = new AtomicBoolean();
    try (LmdbDatabase database = open(small);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> readers = new ArrayList<>();
      for (int reader = 0; reader < 4; reader++) {
        readers.add(threads.submit(reading(database, stop)));
      }
      List<CompletableFuture<Boolean>> writes = new ArrayList<>();
      for (long key = 0; key < 400; key++) {
        writes.add(store(database, key, 50_000));
      }
      writes.forEach(CompletableFuture::join);
      stop.set(true);
      for (Future<Long> reader : readers) {
        assertThat(reader.get()).isPositive();
      }
      assertThat(database.statistics(BLOCKS).entries()).isEqualTo(400);
    }
  }

  @Test
  void aFullStorageRefusesWhatDoesNotFitAndKeepsTheRest() {
    LmdbLimits bounded = LmdbLimits.DEFAULT.withMap(1 << 20, 1 << 20);
    try (LmdbDatabase database = open(bounded)) {
      CountDownLatch gathered = new CountDownLatch(1);
      var blocker = database.write(tx -> awaited(gathered)).toCompletableFuture();
      CompletableFuture<Boolean> small = store(database, 1, 100);
      CompletableFuture<Boolean> large = store(database, 2, 2 << 20);
      CompletableFuture<Boolean> next = store(database, 3, 100);
      gathered.countDown();
      CompletableFuture.allOf(blocker, small, next).join();
      assertThatThrownBy(large::join)
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(StorageFullException.class);
      assertThat(database.<List<Long>>read(GroupCommitTest::keys)).containsExactly(1L, 3L);
      store(database, 4, 100).join();
    }
  }

  @Test
  void aStorageAtItsLimitStillDeletesAndTakesWritesAgain() {
    LmdbLimits bounded = LmdbLimits.DEFAULT.withMap(1 << 20, 4 << 20);
    try (LmdbDatabase database = open(bounded)) {
      int kept = fill(database, 20_000) + fill(database, 500);
      assertThat(kept).isGreaterThan(150);
      assertThat(database.<List<Long>>read(GroupCommitTest::keys)).hasSize(kept);
      List<Long> all = database.read(GroupCommitTest::keys);
      for (long key : all.subList(0, kept / 2)) {
        boolean deleted = database.writeAndWait(tx -> tx.delete(BLOCKS, key));
        assertThat(deleted).isTrue();
      }
      assertThat(fill(database, 20_000)).as("what fits again").isGreaterThan(20);
    }
    try (LmdbDatabase database = open(bounded)) {
      assertThat(database.<List<Long>>read(GroupCommitTest::keys)).hasSizeGreaterThan(100);
    }
  }

  /** Stores blocks until one is refused; how many were stored. */
  private int fill(LmdbDatabase database, int size) {
    for (int stored = 0; ; stored++) {
      try {
        store(database, ++lastKey, size).join();
      } catch (CompletionException refused) {
        assertThat(refused)
            .hasCauseInstanceOf(StorageFullException.class)
            .hasMessageContaining("limit");
        return stored;
      }
    }
  }

  @Test
  void aSmallerLimitThanTheFileStillOpensIt() {
    try (LmdbDatabase database = open(LmdbLimits.DEFAULT)) {
      store(database, 1, 3 << 20).join();
    }
    try (LmdbDatabase database = open(LmdbLimits.DEFAULT.withMap(1 << 20, 1 << 20))) {
      assertThat(database.<List<Long>>read(GroupCommitTest::keys)).containsExactly(1L);
    }
  }

  private LmdbDatabase open(LmdbLimits settings) {
    return LmdbDatabase.open(directory, settings, List.of(BLOCKS));
  }

  private static CompletableFuture<Boolean> store(LmdbDatabase database, long key, int size) {
    byte[] block = new byte[size];
    return database
        .write(
            tx -> {
              tx.put(BLOCKS, key, block);
              return true;
            })
        .toCompletableFuture();
  }

  private static List<Long> keys(ReadTransaction tx) {
    List<Long> keys = new ArrayList<>();
    tx.scanKeys(BLOCKS, Range.all(), keys::add);
    return keys;
  }

  private static Callable<Long> reading(LmdbDatabase database, AtomicBoolean stop) {
    return () -> {
      long scans = 0;
      while (!stop.get() || scans == 0) {
        database.read(GroupCommitTest::keys);
        scans++;
      }
      return scans;
    };
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
