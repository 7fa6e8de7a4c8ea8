package io.pulzar.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.polyglot.HostCallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    assertThatThrownBy(() -> FileStoreService.resolved(scratch, name))
        .isInstanceOfSatisfying(
            HostCallException.class,
            refused -> assertThat(refused.type()).isEqualTo("PermissionError"))
        .hasMessage(name + " is not a file in the job's own directory");
  }

  @Test
  void aLinkOutOfTheDirectoryIsNotFollowed() throws IOException {
    Files.createSymbolicLink(scratch.resolve("link"), directory.resolve("there"));
    assertThatThrownBy(() -> FileStoreService.resolved(scratch, "link"))
        .isInstanceOf(HostCallException.class);
  }

  @Test
  void aFileOfTheRunIsFoundByEachOfItsNames() throws Exception {
    assertThat(FileStoreService.resolved(scratch, "file")).isEqualTo(scratch.resolve("file"));
    assertThat(FileStoreService.resolved(scratch, scratch + "/./file"))
        .isEqualTo(scratch.resolve("file"));
  }
}
