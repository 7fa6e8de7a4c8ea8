package io.pulzar.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScriptsTest {

  private static final KnownScript FAR = script("far", "Retries: 2");

  @TempDir private Path directory;
  private Scripts scripts;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        directory.resolve("near.py"),
        "class Near:\n  def execute(self):\n    'Description: the master says'\n");
    ScriptCatalog own =
        new ScriptCatalog(directory, new SettableClock(Instant.parse("2026-11-21T09:00:00Z")));
    scripts = new Scripts(own, "here"::equals);
  }

  @Test
  void whatOnlyANodeHasIsFoundWithItsWishes() {
    assertThat(scripts.find("far")).isEmpty();
    scripts.report("there", List.of(FAR));
    assertThat(scripts.find("far").orElseThrow().wishes().retries()).contains(2);
    assertThat(scripts.isOn("there", "far")).isTrue();
    assertThat(scripts.isOn("here", "far")).isFalse();
    assertThat(scripts.isOn("elsewhere", "far")).isFalse();
  }

  @Test
  void whatTheMasterSaysAboutItsOwnScriptComesFirst() {
    scripts.report("there", List.of(script("near", "Description: the node says")));
    assertThat(scripts.find("near").orElseThrow().description()).isEqualTo("the master says");
    assertThat(scripts.isOn("here", "near")).isTrue();
    assertThat(scripts.isOn("there", "near")).isTrue();
  }

  @Test
  void theListNamesTheNodesThatHaveAScript() {
    scripts.report("there", List.of(FAR, new KnownScript("helper", false, "", "", "")));
    assertThat(scripts.list(List.of("here", "there")))
        .extracting(Scripts.Entry::path, Scripts.Entry::nodes)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("far", List.of("there")),
            org.assertj.core.groups.Tuple.tuple("near", List.of("here")));
  }

  @Test
  void aReportIsWantedUntilItIsThereAndAgainWhenSomethingChanged() {
    String first = ScriptOperations.digest(List.of(FAR));
    assertThat(scripts.isNew("there", first)).isTrue();
    scripts.report("there", List.of(FAR));
    assertThat(scripts.isNew("there", first)).isFalse();
    String changed = ScriptOperations.digest(List.of(script("far", "Retries: 3")));
    assertThat(scripts.isNew("there", changed)).isTrue();
    assertThat(scripts.isNew("here", changed)).isFalse();
  }

  @Test
  void whatANodeHasNoMoreIsGoneWithItsNextReport() {
    scripts.report("there", List.of(FAR));
    scripts.report("there", List.of());
    assertThat(scripts.find("far")).isEmpty();
    scripts.report("there", List.of(FAR));
    scripts.forget("there");
    assertThat(scripts.find("far")).isEmpty();
  }

  @Test
  void whatANodeOfThisProcessReportedDoesNotOutliveItsFile() {
    scripts.report("here", List.of(FAR));
    assertThat(scripts.find("far")).isEmpty();
    assertThat(scripts.list(List.of("here")))
        .extracting(Scripts.Entry::path)
        .containsExactly("near");
  }

  private static KnownScript script(String path, String docstring) {
    return new KnownScript(path, true, docstring, "", "");
  }
}
