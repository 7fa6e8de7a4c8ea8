package io.pulzar.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.EmbeddedPostgres;
import io.pulzar.storage.Database;
import io.pulzar.storage.Entry;
import io.pulzar.storage.KeyForm;
import io.pulzar.storage.Range;
import io.pulzar.storage.StorageFullException;
import io.pulzar.storage.Table;
import io.pulzar.storage.UnreadableRecordException;
import io.pulzar.storage.ValueForm;
import io.pulzar.storage.WriteActivity;
import io.pulzar.storage.WriteTransaction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the writer does when the server, or the way to it, fails. */
final class PostgresWriterTest {

  private static final Path DIRECTORY = Path.of("writer");
  private static final Table<Long, byte[]> BLOCKS =
      new Table<>("blocks", KeyForm.number(), ValueForm.bytes()).withChecksums();

  private final String schema = PostgresFixture.schema();
  private CuttingProxy proxy;
  private PostgresEngine engine;
  private Database database;

  @BeforeEach
  void open() throws IOException {
    proxy = new CuttingProxy(EmbeddedPostgres.shared().port());
    engine =
        new PostgresEngine(
            PostgresFixture.address(EmbeddedPostgres.url(proxy.port()), schema, "a home"));
    database = engine.open(DIRECTORY, List.of(BLOCKS));
  }

  @AfterEach
  void close() {
    database.close();
    engine.close();
    proxy.close();
  }

  @Test
  void writesThatWaitTogetherShareOneCommit() {
    CountDownLatch gathered = new CountDownLatch(1);
    var blocker = database.write(tx -> awaited(gathered)).toCompletableFuture();
    List<CompletableFuture<Long>> writes = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      writes.add(append(10));
    }
    gathered.countDown();
    blocker.join();
    writes.forEach(CompletableFuture::join);
    WriteActivity activity = database.activity();
    assertThat(activity.writes()).isEqualTo(501);
    assertThat(activity.commits()).isBetween(1L, 3L);
    assertThat(keys()).hasSize(500);
  }

  @Test
  void aCommitWhoseAnswerIsLostIsMadeOnce() {
    append(10).join();
    for (int round = 0; round < 3; round++) {
      proxy.cut(CuttingProxy.Cut.AFTER_COMMIT);
      append(10).join();
      assertThat(proxy.isDone()).isTrue();
    }
    assertThat(keys()).containsExactly(1L, 2L, 3L, 4L);
    assertThat(database.verify()).isEmpty();
  }

  @Test
  void aCommitThatDidNotArriveIsMadeAgain() {
    append(10).join();
    for (int round = 0; round < 3; round++) {
      proxy.cut(CuttingProxy.Cut.BEFORE_COMMIT);
      append(10).join();
      assertThat(proxy.isDone()).isTrue();
    }
    assertThat(keys()).containsExactly(1L, 2L, 3L, 4L);
    assertThat(database.verify()).isEmpty();
  }

  @Test
  void sessionsThatTheServerEndsAreReplaced() {
    append(10).join();
    assertThat(keys()).hasSize(1);
    EmbeddedPostgres.shared()
        .execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"
                + " and query like '%"
                + schema
                + ".%'");
    append(10).join();
    assertThat(keys()).containsExactly(1L, 2L);
  }

  @Test
  void whatTheDiskHasNoRoomForIsRefusedAlone() {
    // The server raises what it raises for a full disk, for large records.
    EmbeddedPostgres.shared()
        .execute(
            """
            create function %s.full_disk() returns trigger as $$
            begin
              raise exception 'could not extend file: No space left on device'
                using errcode = '53100';
            end $$ language plpgsql;
            create trigger full_disk before insert on %s.writer__blocks for each row
              when (length(new.value) > 100000) execute function %s.full_disk();
            """
                .formatted(schema, schema, schema));
    CountDownLatch gathered = new CountDownLatch(1);
    var blocker = database.write(tx -> awaited(gathered)).toCompletableFuture();
    CompletableFuture<Long> small = append(100);
    CompletableFuture<Long> large = append(200_000);
    CompletableFuture<Long> next = append(100);
    gathered.countDown();
    CompletableFuture.allOf(blocker, small, next).join();
    assertThatThrownBy(large::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(StorageFullException.class);
    assertThat(keys()).containsExactly(1L, 2L);
  }

  @Test
  void aRecordThatChangedOnTheDiskIsToldAndTheOthersAreRead() {
    for (int i = 0; i < 3; i++) {
      append(10).join();
    }
    EmbeddedPostgres.shared()
        .execute(
            "update %s.writer__blocks set value = set_byte(value, 3, 77) where key = '%s'"
                .formatted(schema, "\\x8000000000000002"));
    assertThat(keys()).containsExactly(1L, 2L, 3L);
    assertThat(database.<List<Entry<Long, byte[]>>>read(tx -> tx.page(BLOCKS, Range.all(), 10)))
        .hasSize(2);
    assertThatThrownBy(() -> database.read(tx -> tx.get(BLOCKS, 2L)))
        .isInstanceOf(UnreadableRecordException.class)
        .hasMessageContaining("record 2 of table blocks");
    assertThat(database.verify()).containsExactly("record 2 of table blocks");
  }

  @Test
  void theWriterForgetsWhatDidNotBecomeTrue() {
    append(10).join();
    EmbeddedPostgres.shared()
        .execute(
            "alter table %s.writer__blocks add constraint short check (length(value) < 1000)"
                .formatted(schema));
    assertThatThrownBy(append(2_000)::join).hasMessageContaining("short");
    assertThat(append(10).join()).isEqualTo(2);
    assertThat(database.<Long>read(tx -> tx.entries(BLOCKS))).isEqualTo(2);
  }

  private CompletableFuture<Long> append(int size) {
    return database.write(tx -> append(tx, size)).toCompletableFuture();
  }

  private static long append(WriteTransaction tx, int size) {
    long key = tx.first(BLOCKS, Range.allBackward()).map(Entry::key).orElse(0L) + 1;
    tx.put(BLOCKS, key, new byte[size]);
    return key;
  }

  private List<Long> keys() {
    return database.read(
        tx -> {
          List<Long> keys = new ArrayList<>();
          tx.scanKeys(BLOCKS, Range.all(), keys::add);
          return keys;
        });
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
