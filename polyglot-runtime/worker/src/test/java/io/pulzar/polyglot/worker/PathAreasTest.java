package io.pulzar.polyglot.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.polyglot.worker.PathAreas.Area;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PathAreasTest {

  @TempDir Path directory;
  private Path scripts;
  private Path scratch;
  private PathAreas zones;

  @BeforeEach
  void makeZones() throws IOException {
    scripts = Files.createDirectory(directory.resolve("scripts"));
    scratch = directory.toRealPath().resolve("scratch");
    Path library = Files.createDirectory(directory.resolve("library"));
    zones = new PathAreas(List.of(library.toRealPath()), List.of(), new PathCache<>());
    zones.setScripts(scripts);
    zones.setRun(scratch, null);
  }

  @Test
  void whatDoesNotExistLiesWhereItsNearestParentDoes() throws IOException {
    assertThat(locate(scratch.resolve("a/b/c")).zone()).isEqualTo(Area.SCRATCH);
    assertThat(locate(scratch.resolve("a/b/c")).isWritable()).isTrue();
  }

  @Test
  void aLinkOfTheOperatorIsFollowedWithinTheZones() throws IOException {
    Path target = Files.writeString(scripts.resolve("real.py"), "");
    Path link = Files.createSymbolicLink(scripts.resolve("link.py"), target);
    assertThat(locate(link).real()).isEqualTo(target.toRealPath());
  }

  @Test
  void aLinkOutOfTheZonesIsDenied() throws IOException {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Files.createSymbolicLink(scripts.resolve("link"), outside);
    assertDenied(scripts.resolve("link/file"));
  }

  @Test
  void dotsAreResolvedAfterTheLinkBeforeThem() throws IOException {
    Path deep = Files.createDirectories(directory.resolve("outside/deep"));
    Files.createSymbolicLink(scripts.resolve("link"), deep);
    assertDenied(scripts.resolve("link/../../scratch-of-another"));
    assertDenied(scripts.resolve("../other"));
  }

  @Test
  void aNameThatOnlyBeginsLikeAZoneIsOutside() {
    assertDenied(directory.resolve("scratch-of-another/file"));
  }

  /** It may be a stored value's own file. */
  @Test
  void theInputIsReadOnlyAndNothingBesideItIsThere() throws IOException {
    Path lent = Files.createDirectory(directory.resolve("lent"));
    Path input = Files.writeString(lent.resolve("value"), "");
    zones.setRun(scratch, input);
    assertThat(locate(input).zone()).isEqualTo(Area.INPUT);
    assertThat(locate(input).isWritable()).isFalse();
    assertDenied(lent.resolve("other"));
    zones.clearRun();
    assertDenied(input);
  }

  @Test
  void theScratchDirectoryIsMadeWhenItIsLookedAt() throws IOException {
    locate(scripts.resolve("real.py"));
    assertThat(scratch).doesNotExist();
    locate(scratch.resolve("a"));
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void theScratchDirectoryIsFoundByARoundaboutWayToo() throws IOException {
    assertThat(locate(scratch.resolve("../scratch/a")).real()).isEqualTo(scratch.resolve("a"));
    zones.setRun(directory.toRealPath().resolve("other"), null);
    assertThat(locate(scripts.resolve("../other/a")).zone()).isEqualTo(Area.SCRATCH);
    assertThat(directory.resolve("other")).isEmptyDirectory();
  }

  @Test
  void theScratchDirectoryIsGoneWithItsRun() {
    zones.clearRun();
    assertDenied(scratch.resolve("file"));
    assertThat(scratch).doesNotExist();
  }

  private PathAreas.Place locate(Path path) throws IOException {
    return zones.locate(path, path);
  }

  private void assertDenied(Path path) {
    assertThatThrownBy(() -> locate(path))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessage(path.toString());
  }
}
