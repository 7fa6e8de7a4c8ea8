package io.pulzar.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.SettableClock;
import io.pulzar.polyglot.LeftBehind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master's directory, and a node that follows it. */
final class DistributionTest {

  private static final long MOST = 4 << 20;

  @TempDir private Path directory;
  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T09:00:00Z"));
  private final List<String> fetched = new ArrayList<>();
  private Path jobs;
  private Path own;
  private MasterFiles master;
  private Distribution distribution;
  private NodeScripts node;

  @BeforeEach
  void write() throws IOException {
    jobs = Files.createDirectories(directory.resolve("jobs"));
    own = Files.createDirectories(directory.resolve("own"));
    master = new MasterFiles(jobs, MOST, clock);
    put("pack/__init__.py", "");
    put("pack/main.py", "from .part import x");
    put("pack/part.py", "x = 1");
    put("pack/data.csv", "1,2");
    startNode();
  }

  @Test
  void aNodeGetsAllFilesAndTheirScriptsAreListed() throws IOException {
    follow();
    assertThat(node.list()).extracting(KnownScript::path).containsExactly("pack/main", "pack/part");
    try (NodeScripts.Source source = node.open("pack/main")) {
      assertThat(source.root().resolve("pack/data.csv")).hasContent("1,2");
      assertThat(source.root().resolve("pack/__init__.py")).isEmptyFile();
    }
    assertThat(distribution.digest()).isEqualTo(master.manifest().digest());
  }

  @Test
  void whatTheMasterListsNoMoreStaysForDaysAndIsNotFetchedAgain() throws IOException {
    follow();
    Path unlisted = directory.resolve("node/files/unlisted");
    Path part = jobs.resolve("pack/part.py");
    Files.delete(part);
    follow();
    assertThat(unlisted).isDirectoryContaining(file -> true);
    fetched.clear();
    put("pack/part.py", "x = 1");
    follow();
    assertThat(fetched).isEmpty();
    Files.delete(part);
    follow();
    clock.move(Duration.ofDays(8));
    follow();
    assertThat(unlisted).isEmptyDirectory();
  }

  @Test
  void aJobsDirectoryThatIsGoneTakesNothingFromTheNodes() throws IOException {
    follow();
    Files.move(jobs, directory.resolve("elsewhere"));
    follow();
    assertThat(node.list()).extracting(KnownScript::path).containsExactly("pack/main", "pack/part");
  }

  @Test
  void onlyWhatIsMissingOrChangedIsFetched() throws IOException {
    follow();
    fetched.clear();
    put("pack/part.py", "x = 22");
    put("pack/same.py", "from .part import x");
    follow();
    assertThat(fetched).hasSize(1);
    try (NodeScripts.Source source = node.open("pack/same")) {
      assertThat(source.root().resolve("pack/part.py")).hasContent("x = 22");
    }
  }

  @Test
  void aRunSeesOneStateOfItsPackageAlsoWhenItChanges() throws IOException {
    follow();
    Path before;
    try (NodeScripts.Source running = node.open("pack/main")) {
      before = running.root();
      put("pack/main.py", "from .part import y");
      put("pack/part.py", "y = 33");
      follow();
      assertThat(before.resolve("pack/main.py")).hasContent("from .part import x");
      assertThat(before.resolve("pack/part.py")).hasContent("x = 1");
      try (NodeScripts.Source next = node.open("pack/main")) {
        assertThat(next.root().resolve("pack/part.py")).hasContent("y = 33");
      }
    }
    assertThat(before).doesNotExist();
  }

  @Test
  void whatTheMasterDeletesGoesAndWithTheLastFileEverything() throws IOException {
    follow();
    Files.delete(jobs.resolve("pack/part.py"));
    follow();
    assertThat(node.list()).extracting(KnownScript::path).containsExactly("pack/main");
    LeftBehind.remove(jobs.resolve("pack"));
    follow();
    assertThat(node.list()).isEmpty();
    clock.move(Duration.ofDays(8));
    follow();
    try (Stream<Path> left = Files.walk(directory.resolve("node")).filter(Files::isRegularFile)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aNodesOwnScriptComesFirstAndIsNeverTouched() throws IOException {
    Files.createDirectories(own.resolve("pack"));
    Files.writeString(own.resolve("pack/main.py"), "mine");
    follow();
    try (NodeScripts.Source source = node.open("pack/main")) {
      assertThat(source.root()).isEqualTo(own);
    }
    LeftBehind.remove(jobs.resolve("pack"));
    follow();
    assertThat(own.resolve("pack/main.py")).hasContent("mine");
  }

  @Test
  void hiddenFilesLinksAndCompiledOnesAreNotDistributed() throws IOException {
    put(".secret/key.py", "s");
    put("pack/.env", "s");
    put("pack/__pycache__/main.cpython.pyc", "s");
    Path outside = Files.writeString(directory.resolve("outside.py"), "s");
    Files.createSymbolicLink(jobs.resolve("link.py"), outside);
    assertThat(manifest().files())
        .extracting(Manifest.File::path)
        .containsExactly("pack/__init__.py", "pack/data.csv", "pack/main.py", "pack/part.py");
  }

  @Test
  void aFileThatIsDamagedOnTheNodesDiskIsFetchedAgain() throws IOException {
    follow();
    Path kept =
        directory.resolve("node/files").resolve(master.manifest().files().getLast().sha256());
    Files.writeString(kept, "x = 2");
    startNode();
    fetched.clear();
    follow();
    assertThat(fetched).hasSize(1);
    assertThat(kept).hasContent("x = 1");
  }

  @Test
  void afterAFailedFetchTheStateBeforeGoesOn() throws IOException {
    follow();
    put("pack/part.py", "x = 44");
    clock.move(Duration.ofSeconds(2));
    assertThatThrownBy(
            () -> distribution.follow(master.manifest(), (sha256, offset) -> new byte[0]))
        .isInstanceOf(IOException.class);
    try (NodeScripts.Source source = node.open("pack/main")) {
      assertThat(source.root().resolve("pack/part.py")).hasContent("x = 1");
    }
    follow();
    try (NodeScripts.Source source = node.open("pack/main")) {
      assertThat(source.root().resolve("pack/part.py")).hasContent("x = 44");
    }
  }

  @Test
  void aPathThatLeadsOutOfTheDirectoryIsRefused() {
    Manifest bad = new Manifest(List.of(new Manifest.File("../out.py", "00", 1)));
    assertThatThrownBy(() -> distribution.follow(bad, master::read))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not below");
  }

  @Test
  void aLargeFileArrivesInPartsAndWhole() throws IOException {
    byte[] large = new byte[(3 << 20) + 17];
    for (int at = 0; at < large.length; at++) {
      large[at] = (byte) (at * 31);
    }
    Files.write(jobs.resolve("large.bin"), large);
    follow();
    try (NodeScripts.Source source = node.open("pack/main")) {
      assertThat(source.root().resolve("large.bin")).hasBinaryContent(large);
    }
  }

  @Test
  void moreThanTheSettingAllowsIsNotDistributedAndWhatWasStays() throws IOException {
    Manifest before = manifest();
    Files.write(jobs.resolve("large.bin"), new byte[(int) MOST]);
    assertThat(manifest()).isEqualTo(before);
    Files.delete(jobs.resolve("large.bin"));
    put("small.py", "s");
    assertThat(manifest().files()).hasSize(5);
  }

  private void startNode() {
    distribution = new Distribution(directory.resolve("node"), clock, Duration.ofDays(7));
    node = new NodeScripts(own, new ScriptCatalog(own, clock), distribution);
  }

  private void follow() throws IOException {
    distribution.follow(
        manifest(),
        (sha256, offset) -> {
          if (offset == 0) {
            fetched.add(sha256);
          }
          return master.read(sha256, offset);
        });
  }

  private Manifest manifest() {
    clock.move(Duration.ofSeconds(2));
    return master.manifest();
  }

  private void put(String path, String text) throws IOException {
    Files.createDirectories(jobs.resolve(path).getParent());
    Files.writeString(jobs.resolve(path), text);
  }
}
