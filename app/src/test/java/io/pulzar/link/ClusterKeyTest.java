package io.pulzar.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.TestServer;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterKeyTest {

  @TempDir Path directory;

  @Test
  void withoutASettingItIsGeneratedOnceForTheOwnerOnly() throws Exception {
    Settings settings = TestServer.settings(directory, Map.of());
    ClusterKey first = ClusterKey.of(settings);
    Path file = directory.resolve("home/cluster.key");
    assertThat(Files.readString(file).strip()).hasSize(43);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(ClusterKey.of(settings).sign("test")).isEqualTo(first.sign("test"));
  }

  @Test
  void twoHomesGetTwoKeys() {
    ClusterKey one = ClusterKey.of(TestServer.settings(directory.resolve("one"), Map.of()));
    ClusterKey two = ClusterKey.of(TestServer.settings(directory.resolve("two"), Map.of()));
    assertThat(one.sign("test")).isNotEqualTo(two.sign("test"));
  }

  @Test
  void aSettingWinsAndLeavesNoFile() {
    ClusterKey key =
        ClusterKey.of(TestServer.settings(directory, Map.of("pulzar.server.key", "chosen")));
    assertThat(key.sign("test")).isEqualTo("LwlrmE6FV1HvnFBbT-ajg8d-hT9hukFOcsNeSr-knDs");
    assertThat(directory.resolve("home/cluster.key")).doesNotExist();
    assertThat(key.isPublished()).isFalse();
  }

  @Test
  void theKeyOfTheOldDocumentationIsKnownToEverybody() {
    Settings settings = TestServer.settings(directory, Map.of("pulzar.server.key", "l415S4Nt05"));
    assertThat(ClusterKey.of(settings).isPublished()).isTrue();
  }

  @Test
  void anEmptyFileIsNotAKey() throws Exception {
    Files.createDirectories(directory.resolve("home"));
    Files.createFile(directory.resolve("home/cluster.key"));
    Settings settings = TestServer.settings(directory, Map.of());
    assertThatThrownBy(() -> ClusterKey.of(settings))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("empty");
  }

  @Test
  void itsTextIsNowhereToBeSeen() {
    Settings settings =
        TestServer.settings(directory, Map.of("pulzar.server.key", "not-for-your-eyes"));
    assertThat(settings.describe() + settings.visible()).doesNotContain("not-for-your-eyes");
  }
}
