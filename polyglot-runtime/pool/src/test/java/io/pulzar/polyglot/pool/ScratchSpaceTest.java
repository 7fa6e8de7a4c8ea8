package io.pulzar.polyglot.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Leftovers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScratchSpaceTest {

  private static final String LONG_NAME = "d".repeat(200);

  @TempDir Path directory;

  @Test
  void aTreeTooDeepForAPathIsRemovedAtTheNextStart() throws Exception {
    Path base = directory.resolve("base");
    buildTooDeep(Files.createDirectories(base.resolve("left by another process")));
    ScratchSpace scratch = new ScratchSpace(base);
    Leftovers.awaitNone(base);
    scratch.close();
  }

  @Test
  void aTreeTooDeepForAPathIsRemovedAfterItsRun() throws Exception {
    Path base = directory.resolve("base");
    ScratchSpace scratch = new ScratchSpace(base);
    buildTooDeep(Files.createDirectories(scratch.of(1)));
    scratch.delete(1);
    assertThat(scratch.of(1)).doesNotExist();
    Leftovers.awaitNone(base);
    scratch.close();
  }

  @Test
  void directoriesThatNobodyMayEnterAreRemoved() throws Exception {
    ScratchSpace scratch = new ScratchSpace(directory.resolve("base"));
    Path run = Files.createDirectories(scratch.of(1));
    Path closed = Files.createDirectories(run.resolve("a/b"));
    Files.createFile(closed.resolve("file"));
    for (Path each : new Path[] {closed, run.resolve("a"), run}) {
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("---------"));
    }
    scratch.delete(1);
    Leftovers.awaitNone(directory.resolve("base"));
    scratch.close();
  }

  @Test
  void aLinkIsRemovedAndNotFollowed() throws Exception {
    Path bystander = Files.createFile(Files.createDirectory(directory.resolve("out")).resolve("x"));
    ScratchSpace scratch = new ScratchSpace(directory.resolve("base"));
    Path run = Files.createDirectories(scratch.of(1));
    Files.createSymbolicLink(run.resolve("link"), bystander.getParent());
    scratch.delete(1);
    Leftovers.awaitNone(directory.resolve("base"));
    assertThat(bystander).exists();
    scratch.close();
  }

  @Test
  void theDirectoriesOfTwoProcessesAreNeverTheSame() throws Exception {
    ScratchSpace first = new ScratchSpace(directory.resolve("base"));
    ScratchSpace second = new ScratchSpace(directory.resolve("base"));
    assertThat(first.of(1)).isNotEqualTo(second.of(1));
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(second.of(1).getParent())))
        .isEqualTo("rwx------");
    first.close();
    second.close();
  }

  /** Longer than any path may be: each chain of directories is moved to the end of another one. */
  private static void buildTooDeep(Path tree) throws IOException {
    Path top = tree.resolve("top");
    for (int chain = 0; chain < 3; chain++) {
      Path next = tree.resolve("next");
      Path bottom = next;
      for (int level = 0; level < 10; level++) {
        bottom = bottom.resolve(LONG_NAME);
      }
      Files.createDirectories(bottom);
      Files.createFile(bottom.resolve("file"));
      if (Files.exists(top)) {
        Files.move(top, bottom.resolve("inner"));
      }
      Files.move(next, top);
    }
  }
}
