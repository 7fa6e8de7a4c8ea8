package io.pulzar.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.TestServer;
import io.pulzar.settings.BadSettingException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start says about where the master keeps things, before anything is kept. */
final class StorageSettingsTest {

  private static final String NOBODY = "jdbc:postgresql://127.0.0.1:1/none";

  @TempDir private Path directory;

  @Test
  void withoutASettingItIsTheHome() {
    assertThat(StorageEngine.ofMaster(TestServer.settings(directory, Map.of())).name())
        .isEqualTo("LMDB");
  }

  @Test
  void aUrlOfAnotherKindIsRefused() {
    refused(Map.of("pulzar.storage", "redis://here"), "jdbc:postgresql://HOST/DATABASE");
  }

  @Test
  void aPasswordInTheUrlIsRefusedWithoutSayingIt() {
    refused(
        Map.of("pulzar.storage", NOBODY + "?user=a&password=hunter2"), "pulzar.storage.password");
  }

  @Test
  void aSchemaThatIsNoNameIsRefused() {
    refused(
        Map.of("pulzar.storage", NOBODY, "pulzar.storage.schema", "a; drop table b"),
        "pulzar.storage.schema");
  }

  @Test
  void aLeaseThatNobodyCanKeepIsRefused() {
    refused(
        Map.of("pulzar.storage", NOBODY, "pulzar.storage.lease", "10ms"), "pulzar.storage.lease");
  }

  @Test
  void aServerThatIsNotThereStopsTheStartWithOneLine() {
    TestServer.Preparation server =
        TestServer.in(directory)
            .set("pulzar.storage", NOBODY)
            .set("pulzar.storage.patience", "200ms");
    assertThatThrownBy(server::start)
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining(NOBODY)
        .hasMessageContaining("does not answer");
  }

  private void refused(Map<String, String> chosen, String why) {
    assertThatThrownBy(() -> StorageEngine.ofMaster(TestServer.settings(directory, chosen)))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("hunter2");
  }
}
