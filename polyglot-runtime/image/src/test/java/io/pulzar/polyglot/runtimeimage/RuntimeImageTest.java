package io.pulzar.polyglot.runtimeimage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a build would otherwise lack without failing. */
final class RuntimeImageTest {

  @ParameterizedTest
  @ValueSource(strings = {AotRecording.SCRIPT, AotRecording.LIBRARIES})
  void whatIsRecordedIsThere(String name) throws IOException {
    try (InputStream script = AotRecording.script(name)) {
      assertThat(script.readAllBytes()).isNotEmpty();
    }
  }

  @Test
  void aWorkerGetsNeitherThePoolNorTheBuild(@TempDir Path directory) throws IOException {
    assertThat(namesIn(OwnJar.worker().writeTo(directory)))
        .contains(
            "io/pulzar/polyglot/worker/WorkerMain.class", "io/pulzar/polyglot/wire/Message.class")
        .noneMatch(name -> name.startsWith("io/pulzar/polyglot/pool/"))
        .noneMatch(name -> name.startsWith("io/pulzar/polyglot/runtimeimage/"));
  }

  @Test
  void aReleaseCanRecordWithoutTheWorkersClasses(@TempDir Path directory) throws IOException {
    assertThat(namesIn(OwnJar.recorder().writeTo(directory)))
        .contains("io/pulzar/polyglot/runtimeimage/AheadOfTime.class")
        .allMatch(name -> name.startsWith("io/pulzar/polyglot/runtimeimage/"));
  }

  @Test
  void patchesStandBeforeWhatTheyReplace(@TempDir Path directory) throws IOException {
    Path jar = GraalPyPatches.writeTo(directory);
    assertThat(jar.getFileName().toString()).isLessThan("python-language");
    assertThat(namesIn(jar))
        .contains("com/oracle/graal/python/nodes/bytecode/PBytecodeRootNode.class");
  }

  private static List<String> namesIn(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.stream().<String>map(ZipEntry::getName).toList();
    }
  }
}
