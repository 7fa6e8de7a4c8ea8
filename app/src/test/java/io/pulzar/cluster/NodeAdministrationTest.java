package io.pulzar.cluster;

import static io.pulzar.cluster.TestRegistry.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.SettableClock;
import io.pulzar.TestTime;
import io.pulzar.http.ApiException;
import io.pulzar.storage.Database;
import io.pulzar.storage.StorageEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeAdministrationTest {

  private static final Duration LOST = Duration.ofSeconds(15);

  @TempDir private Path directory;
  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T09:00:00Z"));
  private final List<String> forgotten = new ArrayList<>();
  private Optional<String> loss = Optional.empty();
  private Database database;
  private NodeRegistry registry;
  private NodeAdministration decisions;

  @BeforeEach
  void open() {
    database = StorageEngine.local().open(directory, List.of(StoredMembershipRecords.NODES));
    restart();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aDrainedNodeIsOnlineAndTakesNothingNewUntilThatIsUndone() {
    registry.report(node("one"));
    decisions.drain("one");
    assertThat(registry.online()).hasSize(1);
    assertThat(registry.takingNew()).isEmpty();
    registry.report(node("one"));
    assertThat(registry.takingNew()).isEmpty();
    decisions.undo("one");
    assertThat(registry.takingNew()).hasSize(1);
  }

  @Test
  void aNodeIsKnownAndStaysDrainedOverARestartOfTheMaster() {
    registry.report(node("one"));
    decisions.drain("one");
    restart();
    assertThat(registry.find("one").orElseThrow().online()).isFalse();
    assertThat(registry.find("one").orElseThrow().facts().url()).isEqualTo("http://127.0.0.1:1");
    registry.report(node("one"));
    assertThat(registry.find("one").orElseThrow().draining()).isTrue();
  }

  @Test
  void aWorkingNodeIsNotRemoved() {
    registry.report(node("one"));
    refused(409, "drain it first");
    assertThat(forgotten).isEmpty();
  }

  @Test
  void aDrainedNodeIsNotRemovedWhileItRunsAJob() {
    registry.report(running("one"));
    decisions.drain("one");
    refused(409, "still runs 1 job");
    registry.report(node("one"));
    decisions.remove("one", false);
    assertThat(registry.members()).isEmpty();
  }

  @Test
  void whatWouldBeLostIsSaidAndOnlyForceLosesIt() {
    registry.report(node("one"));
    clock.move(LOST.plusSeconds(1));
    loss = Optional.of("3 values with 12 bytes");
    refused(409, "would be lost 3 values with 12 bytes");
    assertThat(registry.members()).hasSize(1);
    decisions.remove("one", true);
    assertThat(forgotten).containsExactly("one");
    assertThat(registry.find("one")).isEmpty();
    refused(404, "no node one");
  }

  @Test
  void aRemovedNodeIsRefusedAlsoAfterARestartUntilThatIsUndone() {
    registry.report(node("one"));
    decisions.remove("one", true);
    restart();
    assertThatThrownBy(() -> registry.report(node("one")))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("pulzar drain one --undo");
    assertThat(registry.members()).isEmpty();
    decisions.undo("one");
    registry.report(node("one"));
    assertThat(registry.takingNew()).hasSize(1);
  }

  @Test
  void anotherVolumeMayTakeTheNameOfARemovedNode() {
    registry.report(node("one"));
    decisions.remove("one", true);
    registry.report(
        new NodeFacts(
            "one",
            "another id",
            "http://h",
            1,
            1,
            1,
            1,
            1,
            1,
            "",
            true,
            List.of(),
            Map.of(),
            List.of()));
    assertThat(registry.takingNew()).hasSize(1);
  }

  @Test
  void aNodeThatNeverJoinedCannotBeDrained() {
    assertThatThrownBy(() -> decisions.drain("nosuch"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("admin/network");
  }

  private void restart() {
    registry =
        new NodeRegistry(clock, TestTime.of(clock), LOST, new StoredMembershipRecords(database));
    decisions = new NodeAdministration(registry, List.of(new Feature()));
  }

  private void refused(int status, String reason) {
    assertThatThrownBy(() -> decisions.remove("one", false))
        .isInstanceOfSatisfying(
            ApiException.class, refusal -> assertThat(refusal.status()).isEqualTo(status))
        .hasMessageContaining(reason);
  }

  private static NodeFacts running(String name) {
    return new NodeFacts(
        name,
        "id of " + name,
        "http://127.0.0.1:1",
        1,
        1,
        1,
        1,
        2,
        1,
        "",
        true,
        List.of(),
        Map.of(),
        List.of());
  }

  private final class Feature implements NodeRemovalListener {

    @Override
    public Optional<String> loss(String node) {
      return loss;
    }

    @Override
    public void forget(String node) {
      forgotten.add(node);
    }
  }
}
