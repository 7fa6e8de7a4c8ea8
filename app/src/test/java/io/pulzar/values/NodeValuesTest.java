package io.pulzar.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.http.ApiException;
import io.pulzar.keys.Key;
import io.pulzar.keys.KeyOperations.Registration;
import io.pulzar.keys.ValueVersion;
import io.pulzar.keys.WriteOptions;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node keeps and gives out, with crashes in between, on real storage. */
final class NodeValuesTest {

  private static final int INLINE = ValueWrites.INLINE;
  private static final int BLOCK = BlockChecksums.BLOCK;

  @TempDir Path directory;
  private final ScriptedMaster master = new ScriptedMaster();
  private NodeFixture node;

  @BeforeEach
  void start() {
    node = new NodeFixture(directory, master);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  /** As after a crash: memory is gone, what was committed is there. */
  private void restart() {
    node.close();
    node = new NodeFixture(directory, master);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, INLINE - 1, INLINE, INLINE + 1, BLOCK, BLOCK + 1, 3 * BLOCK + 5, 5 << 20})
  void aValueOfAnySizeComesBackAsItWas(int size) {
    byte[] bytes = random(size);
    node.put("/known", bytes, false);
    node.put("/unknown", bytes, false, OptionalLong.empty());
    restart();
    assertThat(node.get("/known")).isEqualTo(bytes);
    assertThat(node.get("/unknown")).isEqualTo(bytes);
  }

  @Test
  void aTooLargeValueLeavesNothing() throws IOException {
    byte[] bytes = random((5 << 20) + 1);
    assertRefused(413, () -> node.put("/known", bytes, false));
    assertRefused(413, () -> node.put("/unknown", bytes, false, OptionalLong.empty()));
    assertThat(node.has("/known") || node.has("/unknown")).isFalse();
    assertThat(files()).isEmpty();
  }

  @Test
  void aDuplicateChangesNothing() {
    node.put("/key", random(10), false);
    byte[] before = node.get("/key");
    assertRefused(409, () -> node.put("/key", random(20), false));
    assertThat(node.get("/key")).isEqualTo(before);
  }

  @Test
  void whatTheMasterRefusesIsNeverSeenAndGoes() throws IOException {
    master.recorded.put("/key", 77L);
    assertRefused(409, () -> node.put("/key", random(INLINE + 1), false));
    assertThat(node.has("/key")).isFalse();
    node.store.tidy();
    restart();
    assertThat(node.has("/key")).isFalse();
    assertThat(files()).isEmpty();
  }

  @Test
  void aReplacementTakesThePlaceOfTheOldVersion() throws IOException {
    node.put("/key", random(INLINE * 2), false);
    byte[] next = random(INLINE * 3);
    node.put("/key", next, true);
    assertThat(node.get("/key")).isEqualTo(next);
    restart();
    assertThat(node.get("/key")).isEqualTo(next);
    assertThat(files()).hasSize(1);
  }

  @Test
  void aWriteWhoseQuestionWasLostIsTakenBack() {
    master.line = ScriptedMaster.Line.LOSES_QUESTIONS;
    assertRefused(503, () -> node.put("/key", random(10), false));
    assertThat(node.has("/key")).isFalse();
    master.line = ScriptedMaster.Line.WORKS;
    settle();
    node.put("/key", random(20), false);
    assertThat(node.get("/key")).hasSize(20);
  }

  @Test
  void aWriteWhoseAnswerWasLostIsTakenBackAtTheMasterToo() {
    master.line = ScriptedMaster.Line.LOSES_ANSWERS;
    assertRefused(503, () -> node.put("/key", random(10), false));
    master.line = ScriptedMaster.Line.WORKS;
    settle();
    assertThat(node.has("/key")).isFalse();
    assertThat(master.recorded).isEmpty();
  }

  @Test
  void aReplacementWhoseAnswerWasLostCountsIfTheMasterHasIt() {
    node.put("/key", random(10), false);
    master.line = ScriptedMaster.Line.LOSES_ANSWERS;
    assertRefused(503, () -> node.put("/key", random(20), true));
    assertRefused(503, () -> node.get("/key"));
    master.line = ScriptedMaster.Line.WORKS;
    settle();
    assertThat(node.get("/key")).hasSize(20);
  }

  @Test
  void aReplacementWhoseQuestionWasLostLeavesTheOldValue() {
    node.put("/key", random(10), false);
    master.line = ScriptedMaster.Line.LOSES_QUESTIONS;
    assertRefused(503, () -> node.put("/key", random(20), true));
    master.line = ScriptedMaster.Line.WORKS;
    settle();
    assertThat(node.get("/key")).hasSize(10);
  }

  @Test
  void afterACrashTheMasterDecidesWhatCounts() {
    StoredValue counts = kept("/counts");
    kept("/does-not");
    master.recorded.put("/counts", counts.id());
    restart();
    assertRefused(503, () -> node.get("/counts"));
    assertRefused(503, () -> node.get("/does-not"));
    settle();
    assertThat(node.get("/counts")).hasSize(10);
    assertThat(node.has("/does-not")).isFalse();
  }

  @Test
  void aRemovedVersionNeverComesBack() throws IOException {
    StoredValue value = node.put("/key", random(INLINE + 1), false);
    ValueVersion version = new ValueVersion("/key", value.id());
    assertThat(node.store.remove(List.of(version)).toCompletableFuture().join()).isEqualTo(1);
    assertThat(node.store.remove(List.of(version)).toCompletableFuture().join()).isZero();
    assertThat(node.has("/key")).isFalse();
    restart();
    assertThat(node.has("/key")).isFalse();
    assertThat(files()).isEmpty();
  }

  @Test
  void noVersionsEverShareAnId() {
    List<Long> ids = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 100; i++) {
        ids.add(node.store.nextId());
      }
      restart();
    }
    assertThat(ids).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void anyPartCanBeRead() {
    byte[] bytes = random(3 * BLOCK + 11);
    StoredValue value = node.put("/key", bytes, false);
    for (int from : new int[] {0, 1, BLOCK - 1, BLOCK, 2 * BLOCK + 5, bytes.length - 1}) {
      for (int to : new int[] {from + 1, from + BLOCK, bytes.length}) {
        int end = Math.min(to, bytes.length);
        assertThat(node.read(value, from, end - from))
            .isEqualTo(Arrays.copyOfRange(bytes, from, end));
      }
    }
  }

  @Test
  void aDamagedBlockIsNeverServed() throws IOException {
    byte[] bytes = random(3 * BLOCK);
    StoredValue value = node.put("/key", bytes, false);
    try (RandomAccessFile file = new RandomAccessFile(path(value).toFile(), "rw")) {
      file.seek(BLOCK + 100);
      file.write(bytes[BLOCK + 100] ^ 1);
    }
    assertThat(node.read(value, 0, BLOCK)).isEqualTo(Arrays.copyOf(bytes, BLOCK));
    assertRefused(500, () -> node.read(value, BLOCK, 1));
    assertThat(node.read(value, 2L * BLOCK, BLOCK)).hasSize(BLOCK);
    assertThat(node.reads.damagesMet()).isEqualTo(1);
  }

  @Test
  void aFileThatIsGoneOrShortIsDamage() throws IOException {
    StoredValue value = node.put("/key", random(2 * BLOCK), false);
    try (RandomAccessFile file = new RandomAccessFile(path(value).toFile(), "rw")) {
      file.setLength(BLOCK - 1);
    }
    assertRefused(500, () -> node.get("/key"));
    Files.delete(path(value));
    assertRefused(500, () -> node.get("/key"));
  }

  @Test
  void aFileThatNobodyKnowsIsSetAsideAndGoesAfterDays() throws IOException {
    StoredValue value = node.put("/key", random(INLINE + 1), false);
    Files.write(node.store.files().path(value.id() + 1), random(10));
    restart();
    assertThat(node.orphans.settle()).isEqualTo(1);
    assertThat(files()).containsExactly(value.id());
    assertThat(node.quarantine.ids()).containsExactly(value.id() + 1);
    node.now = node.now.plus(Duration.ofDays(6));
    node.orphans.lookAgain(() -> true);
    assertThat(node.quarantine.ids()).containsExactly(value.id() + 1);
    node.now = node.now.plus(Duration.ofDays(2));
    node.orphans.lookAgain(() -> true);
    assertThat(node.quarantine.ids()).isEmpty();
  }

  @Test
  void whatAnIndexThatWasLostDoesNotKnowIsTakenInAgainByTheMastersWord() throws IOException {
    byte[] bytes = random(3 * BLOCK + 7);
    StoredValue value = node.put("/key", bytes, false);
    node.close();
    for (String part : List.of("data.mdb", "lock.mdb")) {
      Files.delete(directory.resolve("index").resolve(part));
    }
    Files.deleteIfExists(directory.resolve("index").resolve("format"));
    node = new NodeFixture(directory, master);
    assertThat(node.has("/key")).isFalse();
    restart();
    assertThat(node.orphans.settle()).isEqualTo(1);
    assertThat(node.get("/key")).isEqualTo(bytes);
    assertThat(files()).containsExactly(value.id());
    assertThat(node.quarantine.ids()).isEmpty();
  }

  @Test
  void aFileWhoseMasterCannotBeAskedStaysWhereItIs() throws IOException {
    StoredValue value = node.put("/key", random(INLINE + 1), false);
    Files.write(node.store.files().path(value.id() + 1), random(10));
    restart();
    master.line = ScriptedMaster.Line.LOSES_QUESTIONS;
    assertThatThrownBy(() -> node.orphans.settle()).hasRootCauseMessage("on purpose");
    assertThat(files()).containsExactlyInAnyOrder(value.id(), value.id() + 1);
  }

  @Test
  void whatTheMasterLearnsAgainComesBackFromQuarantine() throws IOException {
    byte[] bytes = random(INLINE + 1);
    StoredValue value = node.put("/key", bytes, false);
    Registration known = Objects.requireNonNull(master.known.remove("/key"));
    CompletionStage<Integer> removed =
        node.store.remove(List.of(new ValueVersion("/key", value.id())));
    assertThat(removed.toCompletableFuture().join()).isEqualTo(1);
    Files.write(node.store.files().path(value.id()), bytes);
    restart();
    assertThat(node.orphans.settle()).isEqualTo(1);
    assertThat(node.has("/key")).isFalse();
    master.known.put("/key", known);
    node.orphans.lookAgain(() -> true);
    assertThat(node.get("/key")).isEqualTo(bytes);
  }

  @Test
  void aValueInDoubtThatTheMasterHasNoRecordOfIsSetAside() throws IOException {
    master.line = ScriptedMaster.Line.LOSES_ANSWERS;
    assertRefused(503, () -> node.put("/key", random(10), true));
    restart();
    master.line = ScriptedMaster.Line.WORKS;
    master.recorded.clear();
    assertThat(node.settling.settle().toCompletableFuture().join()).isEqualTo(1);
    assertThat(node.has("/key")).isFalse();
    assertThat(node.quarantine.ids()).hasSize(1);
    assertThat(directory.resolve("quarantine")).isDirectoryContaining("glob:**.key");
  }

  @Test
  void aMasterThatLostItsIndexIsToldEverything() {
    node.put("/a", random(10), false);
    node.put("/b", random(INLINE + 1), false);
    master.recorded.clear();
    Restoration restoration = new Restoration(node.store, new MasterIndex(master, "node"));
    assertThat(restoration.run()).contains(new Restoration.Result(2, 2));
    assertThat(restoration.run()).contains(new Restoration.Result(2, 0));
    assertThat(master.recorded).containsOnlyKeys("/a", "/b");
  }

  @Test
  void whatWasBeingReceivedWhenTheNodeEndedIsCleared() throws IOException {
    Files.write(node.store.files().draft(5), random(10));
    restart();
    assertThat(node.store.files().draft(5)).doesNotExist();
  }

  @Test
  void aValueIsNotServedAfterItsTime() {
    var options = new WriteOptions(Key.of("/key"), Optional.of(Duration.ofSeconds(2)), false);
    node.writes.write(options, WholeStore.upload(file(random(10)))).toCompletableFuture().join();
    assertThat(node.has("/key")).isTrue();
    node.now = node.now.plusSeconds(2);
    assertThat(node.has("/key")).isFalse();
  }

  @Test
  void aLentFileStaysReadableWhenItsKeyIsDeleted() throws IOException {
    byte[] bytes = random(INLINE + 1);
    StoredValue value = node.put("/data/table.csv", bytes, false);
    LentFiles lending = new LentFiles(node.store, node.index, directory.resolve("lent"));
    try (var lent = lending.lend("/data/table.csv").orElseThrow()) {
      assertThat(lent.file()).hasFileName("table.csv");
      assertThat(Files.getAttribute(lent.file(), "unix:ino"))
          .as("no copy")
          .isEqualTo(Files.getAttribute(path(value), "unix:ino"));
      node.store
          .remove(List.of(new ValueVersion(value.key(), value.id())))
          .toCompletableFuture()
          .join();
      assertThat(lent.file()).hasBinaryContent(bytes);
    }
    assertThat(directory.resolve("lent")).isEmptyDirectory();
    assertThat(lending.lend("/data/table.csv")).isEmpty();
  }

  /** A version that is on disk here while the node stops before it hears from the master. */
  private StoredValue kept(String key) {
    StoredValue value =
        new StoredValue(
            key,
            node.store.nextId(),
            10,
            BlockChecksums.of(new byte[10]),
            node.now,
            Optional.empty(),
            new StoredValue.Content.Inline(new byte[10]));
    return node.store.keep(value).toCompletableFuture().join();
  }

  private void settle() {
    node.settling.settle().toCompletableFuture().join();
    node.store.tidy();
  }

  private Path file(byte[] bytes) {
    try {
      return Files.write(directory.resolve("upload"), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path path(StoredValue value) {
    return node.store.files().path(value.id());
  }

  private List<Long> files() throws IOException {
    List<Long> ids = new ArrayList<>();
    node.store.files().forEach(ids::add);
    return ids;
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static void assertRefused(int status, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ApiException.class, refusal -> assertThat(refusal.status()).isEqualTo(status));
  }
}
