package io.pulzar.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.EmbeddedPostgres;
import io.pulzar.storage.Database;
import io.pulzar.storage.KeyForm;
import io.pulzar.storage.MasterElection;
import io.pulzar.storage.StorageAddress;
import io.pulzar.storage.StorageBusyException;
import io.pulzar.storage.StorageException;
import io.pulzar.storage.StorageLostException;
import io.pulzar.storage.StorageUnavailableException;
import io.pulzar.storage.StorageVersionException;
import io.pulzar.storage.Table;
import io.pulzar.storage.ValueForm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One server writes at a time, and a schema is of one version. */
final class LeadershipTest {

  private static final Path DIRECTORY = Path.of("shared");
  private static final Table<Long, String> NAMES =
      new Table<>("names", KeyForm.number(), ValueForm.text());

  private final String schema = PostgresFixture.schema();

  @Test
  void aSecondServerIsRefusedWhileTheFirstLives() {
    try (PostgresEngine first = engine("one");
        Database _ = first.open(DIRECTORY, List.of(NAMES));
        PostgresEngine second = engine("two")) {
      assertThatThrownBy(() -> second.open(DIRECTORY, List.of(NAMES)))
          .isInstanceOf(StorageBusyException.class)
          .hasMessageContaining("in use by another server");
    }
  }

  @Test
  void aServerThatStopsLetsTheNextOneInAtOnce() {
    try (PostgresEngine first = engine("one")) {
      try (Database database = first.open(DIRECTORY, List.of(NAMES))) {
        put(database, 1);
      }
    }
    try (PostgresEngine second = engine("two");
        Database database = second.open(DIRECTORY, List.of(NAMES))) {
      assertThat(has(database, 1)).isTrue();
    }
  }

  @Test
  void aServerOfTheSameHomeNeedNotWaitAndTheEarlierOnesLateWritesAreRefused() {
    try (PostgresEngine first = engine("one");
        Database late = first.open(DIRECTORY, List.of(NAMES))) {
      put(late, 1);
      try (PostgresEngine second = engine("one");
          Database database = second.open(DIRECTORY, List.of(NAMES))) {
        put(database, 2);
        assertThatThrownBy(() -> put(late, 3)).isInstanceOf(StorageLostException.class);
        assertThat(late.loss()).hasValueSatisfying(why -> assertThat(why).contains("another"));
        assertThatThrownBy(() -> has(late, 1)).isInstanceOf(StorageLostException.class);
        assertThat(has(database, 3)).isFalse();
        assertThat(has(database, 1)).isTrue();
        put(database, 4);
      }
    }
  }

  @Test
  void aServerThatFellSilentIsReplacedAfterItsLease() {
    EmbeddedPostgres.shared();
    try (PostgresEngine first = engine("one")) {
      first.open(DIRECTORY, List.of(NAMES)).close();
    }
    EmbeddedPostgres.shared()
        .execute("update %s.leader set server = 'gone', holder = 'one'".formatted(schema));
    long start = System.nanoTime();
    try (PostgresEngine second = engine("two");
        Database database = second.open(DIRECTORY, List.of(NAMES))) {
      put(database, 1);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
    }
  }

  @Test
  void aServerThatHasEndedIsNotWaitedForUnlessItHasGivenASignOfLifeSince() {
    try (PostgresEngine first = engine("one")) {
      first.open(DIRECTORY, List.of(NAMES)).close();
    }
    EmbeddedPostgres.shared()
        .execute("update %s.leader set server = 'gone', holder = 'one'".formatted(schema));
    try (PostgresEngine second = engine("two")) {
      MasterElection election = second.election().orElseThrow();
      assertThat(election.tryToLead(false)).isFalse();
      EmbeddedPostgres.shared().execute("update %s.leader set beat = beat + 1".formatted(schema));
      assertThat(election.tryToLead(true)).as("it lives").isFalse();
      assertThat(election.tryToLead(true)).isTrue();
    }
  }

  @Test
  void aSchemaOfANewerProgramIsRefused() {
    try (PostgresEngine first = engine("one")) {
      first.open(DIRECTORY, List.of(NAMES)).close();
    }
    EmbeddedPostgres.shared().execute("insert into %s.layout values (99)".formatted(schema));
    try (PostgresEngine second = engine("one")) {
      assertThatThrownBy(() -> second.open(DIRECTORY, List.of(NAMES)))
          .isInstanceOf(StorageVersionException.class)
          .hasMessageContaining("newer Pulzar");
    }
  }

  @Test
  void aTableThatWasWrittenWithoutChecksumsGetsThemAndAnOlderProgramIsRefused() {
    Table<Long, String> checked = NAMES.withChecksums();
    try (PostgresEngine engine = engine("one")) {
      try (Database plain = engine.open(DIRECTORY, List.of(NAMES))) {
        put(plain, 1);
      }
      try (Database database = engine.open(DIRECTORY, List.of(checked))) {
        assertThat(database.<Optional<String>>read(tx -> tx.get(checked, 1L))).contains("x");
        assertThat(database.verify()).isEmpty();
      }
      assertThatThrownBy(() -> engine.open(DIRECTORY, List.of(NAMES)))
          .isInstanceOf(StorageVersionException.class)
          .hasMessageContaining("table names in format 2");
    }
  }

  @Test
  void aWrongPasswordIsToldAtOnceWithTheCure() {
    var right = PostgresFixture.address(EmbeddedPostgres.shared().url(), schema, "one");
    var wrong =
        new StorageAddress(
            right.url(),
            right.user(),
            Optional.of("wrong"),
            right.schema(),
            right.holder(),
            right.readers(),
            right.patience(),
            right.timeout(),
            right.lease(),
            right.cache());
    try (PostgresEngine engine = new PostgresEngine(wrong)) {
      assertThatThrownBy(() -> engine.open(DIRECTORY, List.of(NAMES)))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("refuses")
          .hasMessageContaining("pulzar.storage")
          .hasMessageNotContaining("wrong");
    }
  }

  @Test
  void aServerThatIsNotThereIsWaitedForAndThenNamed() {
    var right = PostgresFixture.address("jdbc:postgresql://127.0.0.1:1/postgres", schema, "one");
    var away =
        new StorageAddress(
            right.url(),
            right.user(),
            right.password(),
            right.schema(),
            right.holder(),
            right.readers(),
            Duration.ofMillis(300),
            right.timeout(),
            right.lease(),
            right.cache());
    try (PostgresEngine engine = new PostgresEngine(away)) {
      assertThatThrownBy(() -> engine.open(DIRECTORY, List.of(NAMES)))
          .isInstanceOf(StorageUnavailableException.class)
          .hasMessageContaining("127.0.0.1:1")
          .hasMessageContaining("does not answer");
      assertThatThrownBy(engine::probe).isInstanceOf(StorageUnavailableException.class);
    }
  }

  private PostgresEngine engine(String holder) {
    return new PostgresEngine(
        PostgresFixture.address(EmbeddedPostgres.shared().url(), schema, holder));
  }

  private static void put(Database database, long key) {
    boolean _ =
        database.writeAndWait(
            tx -> {
              tx.put(NAMES, key, "x");
              return true;
            });
  }

  private static boolean has(Database database, long key) {
    return database.read(tx -> tx.contains(NAMES, key));
  }
}
