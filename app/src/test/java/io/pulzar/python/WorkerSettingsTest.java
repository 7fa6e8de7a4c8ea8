package io.pulzar.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.TestServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkerSettingsTest {

  @TempDir private Path directory;

  @Test
  void scriptsAreCompiledUnlessTheSettingSaysNo() {
    assertThat(isCompiled(Map.of())).isTrue();
    assertThat(isCompiled(Map.of("pulzar.workers.compiled", "false"))).isFalse();
  }

  private boolean isCompiled(Map<String, String> chosen) {
    return WorkerSettings.runtime(TestServer.settings(directory, chosen)).shape().compiled();
  }
}
