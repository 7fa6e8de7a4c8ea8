package io.pulzar.masters;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.Await;
import io.pulzar.TestServer;
import io.pulzar.link.ClusterKey;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master's way to the lead. */
final class CandidacyTest {

  @TempDir private Path directory;

  @Test
  void aStandbyEndsWhenALeaderComesBehindWhichItMustNotStand() {
    ToldElection election = new ToldElection();
    Settings settings = settings("standby", Map.of("pulzar.auth", "on"));
    Candidacy candidacy = new Candidacy(settings, election, ClusterKey.of(settings));
    CountDownLatch stop = new CountDownLatch(1);
    CompletableFuture<?> standing =
        CompletableFuture.supplyAsync(() -> candidacy.awaitLead(stop), Thread::startVirtualThread);
    Settings others = settings("leader", Map.of("pulzar.auth", "off"));
    new SharedFacts(others, ClusterKey.of(others)).share(election);
    election.leader = Optional.of("http://127.0.0.1:1");
    Await.until("it ends", standing::isDone);
    assertThatThrownBy(standing::join).hasCauseInstanceOf(BadSettingException.class);
  }

  private Settings settings(String home, Map<String, String> chosen) {
    return TestServer.settings(
        directory.resolve(home),
        Map.of("pulzar.server.key", "of all", "pulzar.auth", chosen.get("pulzar.auth")));
  }
}
