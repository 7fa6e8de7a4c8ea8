package io.pulzar.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.SettableClock;
import io.pulzar.http.ApiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScriptCatalogTest {

  @TempDir private Path directory;
  private Path jobs;
  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T09:00:00Z"));
  private ScriptCatalog catalog;

  @BeforeEach
  void write() throws IOException {
    jobs = directory.resolve("jobs");
    script("count.py", "Count", "Description: Counts");
    script("a/deep/er/one.py", "One", "Description: Deep");
    script("a/__init__.py", "Init", "");
    script("a/helper.py", "NotTheNameOfTheFile", "");
    script(".hidden/secret.py", "Secret", "");
    script("__pycache__/count.py", "Count", "");
    script("with.dot.py", "With.dot", "");
    Files.writeString(directory.resolve("outside.py"), "class Outside:\n  pass\n");
    catalog = new ScriptCatalog(jobs, clock);
  }

  @Test
  void scriptsOfAnyDepthAreListed() {
    assertThat(paths()).containsExactly("a/deep/er/one", "a/helper", "count");
    assertThat(catalog.list().getLast().documentation().description()).isEqualTo("Counts");
  }

  @Test
  void aScriptWithoutItsClassIsKnownAsSuch() {
    assertThat(catalog.list())
        .filteredOn(script -> !script.hasClass())
        .extracting(KnownScript::path)
        .containsExactly("a/helper");
    assertThat(catalog.find("a/helper")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nosuch", "a/__init__", ".hidden/secret", "__pycache__/count", "a", "../outside"})
  void whatIsNotAJobIsNotFound(String path) {
    assertThat(catalog.find(path)).isEmpty();
  }

  @Test
  void aLinkThatLeadsOutsideIsNotFollowed() throws IOException {
    Files.createSymbolicLink(jobs.resolve("link.py"), directory.resolve("outside.py"));
    Files.createSymbolicLink(jobs.resolve("up"), directory);
    assertThat(catalog.find("link")).isEmpty();
    assertThat(catalog.find("up/outside")).isEmpty();
    assertThat(paths()).doesNotContain("link", "up/outside");
  }

  @Test
  void aNewScriptIsFoundAtOnceAndListedSoon() throws IOException {
    assertThat(paths()).hasSize(3);
    script("fresh.py", "Fresh", "");
    assertThat(catalog.find("fresh")).isPresent();
    clock.move(Duration.ofSeconds(1));
    assertThat(paths()).contains("fresh");
  }

  @Test
  void aChangedScriptIsReadAgain() throws IOException {
    assertThat(catalog.find("count").orElseThrow().description()).isEqualTo("Counts");
    script("count.py", "Count", "Description: Changed");
    Files.setLastModifiedTime(
        jobs.resolve("count.py"), FileTime.from(clock.instant().plusSeconds(5)));
    assertThat(catalog.find("count").orElseThrow().description()).isEqualTo("Changed");
  }

  @Test
  void aDirectoryThatIsMissingIsAnEmptyCatalog() {
    ScriptCatalog empty = new ScriptCatalog(directory.resolve("nothing"), clock);
    assertThat(empty.list()).isEmpty();
    assertThat(empty.find("count")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "acc/wordcount, acc/wordcount",
    "acc/wordcount.py, acc/wordcount",
    "one, one",
    "caf%C3%A9, café"
  })
  void thePathOfARequestNamesAScript(String encoded, String path) {
    assertThat(ScriptPath.parse(encoded)).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "a//b",
        "a/",
        "../secret",
        "a/../b",
        "a/%2e%2e/b",
        "%2fetc/passwd",
        "a%2fb",
        "a%00b",
        "a\\b",
        ".py",
        "a b",
        "%zz"
      })
  void aPathThatCannotBeAScriptIsRefused(String encoded) {
    assertThatThrownBy(() -> ScriptPath.parse(encoded)).isInstanceOf(ApiException.class);
  }

  @ParameterizedTest
  @CsvSource({"a/factorial, Factorial", "wordCount, Wordcount", "x, X", "éa, Éa", "a_b, A_b"})
  void theClassIsNamedLikeTheFile(String path, String className) {
    assertThat(ScriptPath.className(path)).isEqualTo(className);
  }

  private List<String> paths() {
    return catalog.list().stream().map(KnownScript::path).toList();
  }

  private void script(String path, String className, String docstring) throws IOException {
    Path file = jobs.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        "class %s:\n    def execute(self):\n        '''%s'''\n".formatted(className, docstring));
  }

  @Test
  void aDirectoryThatNothingChangedInIsNotWalkedThroughAgain() throws IOException {
    long[] state = {1};
    ScriptCatalog watched = new ScriptCatalog(jobs, clock, () -> state[0]);
    List<KnownScript> before = watched.list();
    Files.writeString(jobs.resolve("unseen.py"), "class Unseen:\n    pass\n");
    clock.move(Duration.ofSeconds(2));
    assertThat(watched.list()).isSameAs(before);
    state[0]++;
    clock.move(Duration.ofSeconds(2));
    assertThat(watched.list()).extracting(KnownScript::path).contains("unseen");
  }
}
