package io.pulzar.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.keys.ScratchFile;
import io.pulzar.polyglot.HostCallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileStoreServiceTest {

  @TempDir Path directory;
  private Path scratch;

  @BeforeEach
  void makeScratch() throws IOException {
    scratch = Files.createDirectory(directory.toRealPath().resolve("scratch"));
    Files.createFile(directory.resolve("there"));
    Files.createFile(scratch.resolve("file"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../there", "../missing", "/etc/passwd", "/etc/none", "a/../../there"})
  void whetherAFileElsewhereExistsIsNotTold(String name) {
    assertThatThrownBy(() -> ScratchFile.open(scratch, name))
        .isInstanceOfSatisfying(
            HostCallException.class,
            refused -> assertThat(refused.type()).isEqualTo("PermissionError"))
        .hasMessage(name + " is not a file in the job's own directory");
  }

  @Test
  void noLinkIsFollowedNeitherOfAFileNorOfADirectory() throws IOException {
    Files.createSymbolicLink(scratch.resolve("link"), directory.resolve("there"));
    Files.createSymbolicLink(scratch.resolve("links"), directory);
    Files.createSymbolicLink(scratch.resolve("inner"), scratch.resolve("file"));
    for (String name : List.of("link", "links/there", "links", "inner", ".", "")) {
      assertThatThrownBy(() -> ScratchFile.open(scratch, name))
          .as(name)
          .isInstanceOf(HostCallException.class);
    }
  }

  @Test
  void whatWasOpenedIsReadWhateverTakesItsNameMeanwhile() throws Exception {
    Files.writeString(scratch.resolve("file"), "of the run");
    Files.writeString(directory.resolve("there"), "of the server");
    try (ScratchFile file = ScratchFile.open(scratch, "file")) {
      Files.delete(scratch.resolve("file"));
      Files.createSymbolicLink(scratch.resolve("file"), directory.resolve("there"));
      assertThat(file.stream().readAllBytes()).asString().isEqualTo("of the run");
    }
  }

  @Test
  void aFileOfTheRunIsFoundByEachOfItsNames() throws Exception {
    Files.createDirectories(scratch.resolve("a/b"));
    Files.writeString(scratch.resolve("a/b/deep"), "x");
    for (String name : List.of("file", scratch + "/./file", "a/../file")) {
      try (ScratchFile file = ScratchFile.open(scratch, name)) {
        assertThat(file.name()).isEqualTo(Path.of("file"));
      }
    }
    try (ScratchFile file = ScratchFile.open(scratch, "a/b/deep")) {
      assertThat(file.name()).isEqualTo(Path.of("a/b/deep"));
      assertThat(file.size()).isOne();
    }
  }
}
