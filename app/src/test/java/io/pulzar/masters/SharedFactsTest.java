package io.pulzar.masters;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.TestServer;
import io.pulzar.link.ClusterKey;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What masters must have alike, beside the database. */
final class SharedFactsTest {

  private static final String SECRETS = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  @TempDir private Path directory;
  private final ToldElection election = new ToldElection();

  @Test
  void whoAsksWhoOneIsDoesNotStandBesideOneThatDoesNot() {
    facts("leader", Map.of("pulzar.server.host", "127.0.0.1")).share(election);
    assertThatThrownBy(
            () -> facts("other", Map.of("pulzar.server.host", "0.0.0.0")).check(election))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("pulzar.auth");
    assertThatThrownBy(() -> facts("other", Map.of("pulzar.auth", "on")).check(election))
        .isInstanceOf(BadSettingException.class);
    assertThatCode(
            () ->
                facts("other", Map.of("pulzar.server.host", "0.0.0.0", "pulzar.auth", "off"))
                    .check(election))
        .doesNotThrowAnyException();
  }

  @Test
  void anotherClusterKeyIsRefused() {
    facts("leader", Map.of()).share(election);
    assertThatThrownBy(() -> facts("other", Map.of("pulzar.server.key", "another")).check(election))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("cluster key");
  }

  @Test
  void scriptsThatCantBeReadAreNoReasonNotToStart() throws IOException {
    Path jobs = Files.createDirectories(directory.resolve("jobs"));
    Files.createSymbolicLink(jobs.resolve("gone.py"), directory.resolve("nowhere"));
    facts("leader", Map.of()).share(election);
    assertThatCode(() -> facts("other", Map.of("pulzar.jobs.dir", jobs.toString())).check(election))
        .doesNotThrowAnyException();
  }

  private SharedFacts facts(String home, Map<String, String> chosen) {
    Map<String, String> all =
        new HashMap<>(Map.of("pulzar.server.key", "of all", "pulzar.secrets.key", SECRETS));
    all.putAll(chosen);
    Settings settings = TestServer.settings(directory.resolve(home), all);
    return new SharedFacts(settings, ClusterKey.of(settings));
  }
}
