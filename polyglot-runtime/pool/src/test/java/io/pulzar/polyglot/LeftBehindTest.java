package io.pulzar.polyglot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftBehindTest {

  private static final String LONG = "d".repeat(200);

  @TempDir private Path directory;

  @Test
  void aTreeThatIsDeeperThanAPathMayBeLongGoes() throws IOException {
    Path tree = tooDeep(directory.resolve("tree"));
    LeftBehind.remove(tree);
    assertThat(tree).doesNotExist();
  }

  @Test
  void directoriesWithoutRightsGo() throws IOException {
    Path tree = directory.resolve("tree");
    Path inner = Files.createDirectories(tree.resolve("a/b/c"));
    Files.writeString(inner.resolve("file"), "content");
    for (Path locked : List.of(inner, tree.resolve("a/b"), tree.resolve("a"), tree)) {
      Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
    }
    LeftBehind.remove(tree);
    assertThat(tree).doesNotExist();
  }

  @Test
  void aLinkGoesAndWhatItLeadsToStays() throws IOException {
    Path outside = Files.createDirectories(directory.resolve("outside"));
    Files.writeString(outside.resolve("kept"), "kept");
    Path tree = Files.createDirectories(directory.resolve("tree/inner"));
    Files.createSymbolicLink(tree.resolve("link"), outside);
    Files.createSymbolicLink(directory.resolve("tree/link"), outside);
    LeftBehind.remove(directory.resolve("tree"));
    assertThat(directory.resolve("tree")).doesNotExist();
    assertThat(outside.resolve("kept")).hasContent("kept");
    Files.createSymbolicLink(directory.resolve("root-link"), outside);
    LeftBehind.remove(directory.resolve("root-link"));
    assertThat(Files.exists(directory.resolve("root-link"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(outside.resolve("kept")).hasContent("kept");
  }

  @Test
  void namesThatItWouldUseItselfAreNoObstacle() throws IOException {
    Path tree = directory.resolve("tree");
    Files.createDirectories(tree.resolve(".up0/.up1/.up0"));
    Files.createDirectories(tree.resolve(".up1/x/y"));
    Files.writeString(tree.resolve(".up2"), "a file");
    LeftBehind.remove(tree);
    assertThat(tree).doesNotExist();
  }

  @Test
  void aDirectoryIsEmptiedAndStays() throws IOException {
    Path scratch = Files.createDirectories(directory.resolve("scratch"));
    tooDeep(Files.createDirectories(scratch.resolve("1")).resolve("tree"));
    Files.writeString(scratch.resolve("2"), "a file");
    LeftBehind.clear(scratch);
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void whatCannotBeRemovedNeverStopsAStart() throws IOException, InterruptedException {
    Path scratch = Files.createDirectories(directory.resolve("scratch"));
    Path kept = Files.createDirectories(scratch.resolve("1/tree"));
    assumeThat(run("mount", "-t", "tmpfs", "tmpfs", kept.toString())).isTrue();
    try {
      LeftBehind.clear(scratch);
      assertThat(scratch).isEmptyDirectory();
      assertThat(find("tree")).startsWith(directory.resolve("scratch.left"));
    } finally {
      assertThat(run("umount", find("tree").toString())).isTrue();
    }
  }

  private Path find(String name) throws IOException {
    try (Stream<Path> everything = Files.walk(directory)) {
      return everything.filter(path -> path.endsWith(name)).findFirst().orElseThrow();
    }
  }

  /** As a script makes it, by renaming a long path under itself. */
  private static Path tooDeep(Path tree) throws IOException {
    Path deep = Files.createDirectories(tree);
    for (int level = 0; level < 15; level++) {
      deep = Files.createDirectory(deep.resolve(LONG));
    }
    Files.writeString(deep.resolve("file"), "content");
    for (int round = 0; round < 6; round++) {
      Path top = tree.resolveSibling("top" + round);
      Path below = Files.createDirectories(top);
      for (int level = 0; level < 15; level++) {
        below = Files.createDirectory(below.resolve(LONG));
      }
      Files.move(tree, below.resolve("t"));
      Files.move(top, tree);
    }
    Assertions.assertThatThrownBy(() -> walk(tree))
        .hasRootCauseInstanceOf(FileSystemException.class);
    return tree;
  }

  private static long walk(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      return files.count();
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
  }
}
