package io.pulzar.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.http.Excerpt;
import io.pulzar.scripts.ScriptCatalog;
import io.pulzar.scripts.ScriptDocumentation;
import io.pulzar.scripts.Scripts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JobViewsTest {

  @TempDir Path scripts;

  @Test
  void theCatalogHasTheBeginningOfWhatAScriptSaysOfItself() throws Exception {
    JobViews.Script listed = JobViews.script(entry("x".repeat(10_000)), false, Excerpt.bytes(1));
    assertThat(listed.description()).hasSize(Excerpt.bytes(1)).matches("x+");
    assertThat(listed.cut()).isTrue();
  }

  @Test
  void whatFitsIsNotCutAndNotMarked() throws Exception {
    JobViews.Script listed = JobViews.script(entry("Counts words"), false, Excerpt.bytes(20_000));
    assertThat(listed.description()).isEqualTo("Counts words");
    assertThat(listed.cut()).isNull();
  }

  private Scripts.Entry entry(String description) throws Exception {
    Files.writeString(
        scripts.resolve("wordy.py"),
        """
        class Wordy:
            def execute(self):
                '''
                Description: %s
                '''
        """
            .formatted(description));
    ScriptDocumentation documentation =
        new ScriptCatalog(scripts, Clock.systemUTC()).find("wordy").orElseThrow();
    return new Scripts.Entry("wordy", documentation, List.of());
  }
}
