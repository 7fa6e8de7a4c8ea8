package io.pulzar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes at the start are told in one line, before a worker is started. */
class StartChecksTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {"pulzar.jobs.dir", "pulzar.extensions.dir", "pulzar.extensions.third-party"})
  void aDirectoryOfScriptsThatIsNotThereIsNamed(String setting) {
    refused(Map.of(setting, directory.resolve("nosuch").toString()), setting, "nosuch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pulzar.server.port", "pulzar.volume.port"})
  void aPortThatIsTakenIsNamed(String setting) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      refused(Map.of(setting, port), "127.0.0.1:" + port, setting);
    }
  }

  @Test
  void anAddressOfAnotherMachineIsNamed() {
    refused(Map.of("pulzar.server.host", "192.0.2.1", "pulzar.server.port", "31414"), "192.0.2.1");
  }

  @Test
  void aHomeThatIsAFileIsNamed() throws IOException {
    Files.writeString(directory.resolve("home"), "");
    refused(Map.of(), "pulzar.server.home", "can't be written (there is a file of that name)");
  }

  @Test
  void aHomeIsClosedToOtherUsersOfTheMachine() throws IOException {
    Path home = directory.resolve("home");
    Settings settings = TestServer.settings(directory, Map.of());
    StartChecks.of(settings).close();
    assertThat(Files.getPosixFilePermissions(home))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));

    // One of an earlier version.
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    HomeFormat.check(home);
    StartChecks.of(settings).close();
    assertThat(Files.getPosixFilePermissions(home))
        .isEqualTo(PosixFilePermissions.fromString("rwxr-x---"));
  }

  @Test
  void aDirectoryThatWasThereBeforeTheServerKeepsItsRights() throws IOException {
    Path home = Files.createDirectory(directory.resolve("home"));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    StartChecks.of(TestServer.settings(directory, Map.of())).close();
    assertThat(Files.getPosixFilePermissions(home))
        .isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void aHomeIsForOneServer() {
    Settings settings = TestServer.settings(directory, Map.of());
    try (StartChecks first = StartChecks.of(settings)) {
      refused(Map.of(), "pulzar.server.home", "in use");
      refused(Map.of("pulzar.server.role", "node"), "pulzar.volume.dir", "in use");
      assertThat(first).isNotNull();
    }
    StartChecks.of(settings).close();
  }

  @Test
  void aMasterAndANodeMayShareAHome() {
    try (StartChecks master =
            StartChecks.of(TestServer.settings(directory, Map.of("pulzar.server.role", "master")));
        StartChecks node =
            StartChecks.of(TestServer.settings(directory, Map.of("pulzar.server.role", "node")))) {
      assertThat(master).isNotSameAs(node);
    }
  }

  private void refused(Map<String, String> chosen, String... parts) {
    Settings settings = TestServer.settings(directory, chosen);
    assertThatThrownBy(
            () ->
                Server.start(
                    settings,
                    Clock.systemUTC(),
                    () -> {
                      throw new AssertionError("a worker is started");
                    }))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContainingAll(parts)
        .hasMessageNotContaining("\n");
  }
}
