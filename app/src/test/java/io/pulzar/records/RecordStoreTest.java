package io.pulzar.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.SettableClock;
import io.pulzar.records.PeerMessages.Changes;
import io.pulzar.records.WriteAnswer.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two stores that know of each other only what a test hands over. */
final class RecordStoreTest {

  @TempDir private Path directory;
  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-01T00:00:00Z"));
  private Installation one;
  private Installation two;

  @BeforeEach
  void open() {
    one = new Installation(directory.resolve("one"), clock, () -> "one");
    two = new Installation(directory.resolve("two"), clock, () -> "two");
  }

  @AfterEach
  void close() {
    one.close();
    two.close();
  }

  @Test
  void theLogNamesEachRecordWhereItChangedLast() {
    one.put("a", "1");
    one.put("b", "2");
    one.put("a", "3");
    assertThat(one.store().changes(0).rows().stream().map(Row::name)).containsExactly("b", "a");
    assertThat(one.store().changes(0).revision()).isEqualTo(3);
  }

  @Test
  void versionsGrowThoughTheClockGoesBack() {
    Row first = row(one.put("a", "1"));
    clock.move(Duration.ofHours(-5));
    one.reopen();
    Row second = row(one.put("a", "2"));
    assertThat(second.record().version()).isGreaterThan(first.record().version());
  }

  @Test
  void conditionsAreCheckedWhereTheWriteTakesPlace() {
    String version = row(one.put("a", "1")).record().version().toString();
    WriteCondition exact = WriteCondition.PRESENT.matching(version);
    assertThat(one.write("a", exact, Optional.of("2")).outcome()).isEqualTo(Outcome.STORED);
    assertThat(one.write("a", exact, Optional.of("3")).outcome()).isEqualTo(Outcome.MISMATCH);
    assertThat(one.write("a", WriteCondition.ABSENT, Optional.of("4")).outcome())
        .isEqualTo(Outcome.EXISTS);
    assertThat(one.write("b", exact, Optional.of("5")).outcome()).isEqualTo(Outcome.MISSING);
    assertThat(one.get("a")).hasValue("2");
  }

  @Test
  void theLaterOfTwoWritesCountsAndTheOtherIsKept() {
    one.put("a", "first");
    clock.move(Duration.ofMillis(5));
    two.put("a", "second");
    exchange();
    assertThat(one.get("a")).hasValue("second");
    assertThat(two.get("a")).hasValue("second");
    assertThat(losers(one, "a")).containsExactly("first");
    assertThat(losers(two, "a")).containsExactly("first");
  }

  @Test
  void aWriteThatKnewTheOtherIsNoConflict() {
    one.put("a", "first");
    exchange();
    two.put("a", "second");
    two.put("a", "third");
    exchange();
    assertThat(one.get("a")).hasValue("third");
    assertThat(losers(one, "a")).isEmpty();
    assertThat(losers(two, "a")).isEmpty();
  }

  @Test
  void losersAreForgottenAfterTheirTime() {
    one.put("a", "first");
    two.put("a", "second");
    exchange();
    clock.move(Duration.ofDays(8));
    one.store().forget(Installation.TOMBSTONES);
    assertThat(losers(one, "a")).isEmpty();
  }

  @Test
  void aDeletedRecordIsNotBroughtBackByAnOldCopy() {
    one.put("a", "1");
    List<Row> old = one.store().changes(0).rows();
    one.remove("a");
    exchange();
    send(two, old);
    send(one, old);
    assertThat(two.get("a")).isEmpty();
    assertThat(one.get("a")).isEmpty();
  }

  @Test
  void whatIsDatedTooFarAheadIsHeldWithAllThatCameAlong() {
    SettableClock ahead = new SettableClock(clock.instant().plus(Duration.ofMinutes(2)));
    try (Installation fast = new Installation(directory.resolve("fast"), ahead, () -> "fast")) {
      fast.put("a", "1");
      List<Row> rows = fast.store().changes(0).rows();
      assertThatThrownBy(() -> send(one, rows)).hasMessageContaining("clock-skew");
      assertThat(one.get("a")).isEmpty();
      clock.move(Duration.ofMinutes(2));
      send(one, rows);
      assertThat(one.get("a")).hasValue("1");
    }
  }

  @Test
  void whoWasAwayForLongerThanDeletionsAreRememberedIsCompared() {
    IntStream.range(0, 50).forEach(at -> one.put("n" + at, "text"));
    exchange();
    two.put("own", "of two alone");
    one.remove("n7");
    one.put("n8", "changed");
    clock.move(Installation.TOMBSTONES.plusDays(1));
    one.store().forget(Installation.TOMBSTONES);
    assertThat(one.store().read(Rows::floor)).isPositive();
    List<Integer> all = IntStream.range(0, RecordKey.BUCKETS).boxed().toList();
    PeerMessages.Compared compared = two.peers().compare(one.peers().comparison(all));
    send(two, one.peers().rows(compared.wanted()));
    assertThat(compared.removed()).isEqualTo(1);
    assertThat(two.get("n7")).isEmpty();
    assertThat(two.get("n8")).hasValue("changed");
    assertThat(two.get("own")).hasValue("of two alone");
  }

  @Test
  void whatExpiredIsGoneEverywhereWithoutBeingTold() {
    one.store()
        .write(
            new AcceptedWrite(
                new RecordKey(Kind.SHARED, "a"),
                WriteCondition.ANY,
                Optional.of(
                    new AcceptedWrite.Draft("1", "", clock.instant().toEpochMilli() + 1_000)),
                true))
        .toCompletableFuture()
        .join();
    exchange();
    clock.move(Duration.ofSeconds(2));
    assertThat(two.get("a")).isEmpty();
    assertThat(one.store().bury()).isEqualTo(1);
    assertThat(two.store().bury()).isEqualTo(1);
    assertThat(one.peers().hashes()).isEqualTo(two.peers().hashes());
  }

  @Test
  void aLogThatWasSetBackIsSeen() {
    one.put("a", "1");
    String life = one.store().life();
    assertThat(one.store().continues(life, 1)).isTrue();
    assertThat(one.store().continues(life, 2)).isFalse();
    assertThat(one.store().continues("another", 1)).isFalse();
    assertThat(one.store().continues("", 0)).isTrue();
  }

  @Test
  void damagedHashesAreMadeAnew() {
    one.put("a", "1");
    Map<String, Long> right = one.peers().hashes();
    long bucket = new RecordKey(Kind.SHARED, "a").bucket();
    var _ =
        one.files()
            .writeAndWait(
                change -> {
                  change.put(RecordTables.HASHES, bucket, 5L);
                  return true;
                });
    assertThat(one.store().verify()).isEqualTo(1);
    assertThat(one.store().verify()).isZero();
    assertThat(one.peers().hashes()).isEqualTo(right);
  }

  private void exchange() {
    List<Row> ofOne = one.store().changes(0).rows();
    List<Row> ofTwo = two.store().changes(0).rows();
    one.peers().take(new Changes("two", true, clockOf(ofTwo), ofTwo)).toCompletableFuture().join();
    two.peers().take(new Changes("one", true, clockOf(ofOne), ofOne)).toCompletableFuture().join();
  }

  private static long clockOf(List<Row> rows) {
    return rows.stream().mapToLong(row -> row.record().version().clock()).max().orElse(0);
  }

  private static void send(Installation to, List<Row> rows) {
    var _ = to.store().merge(rows, true).toCompletableFuture().join();
  }

  private static List<String> losers(Installation where, String name) {
    return where
        .store()
        .read(state -> Losers.of(state, new RecordKey(Kind.SHARED, name), 10))
        .stream()
        .map(StoredRecord::body)
        .toList();
  }

  private static Row row(WriteAnswer answer) {
    return Optional.ofNullable(answer.row()).orElseThrow();
  }
}
