package io.pulzar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher and the JVM find out about the window that they run in. */
final class LauncherTest {

  @TempDir private Path directory;

  /** A product whose Java prints what it is started with. */
  @BeforeEach
  void make() throws IOException {
    Path java = directory.resolve("polyglot-runtime/target/image/runtime/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, "#!/bin/sh\nprintf '<%s>\\n' \"$@\"\n");
    Path dist = Files.createDirectories(directory.resolve("app/target/dist"));
    Files.createFile(dist.resolve("built"));
    Path launcher = Files.copy(Path.of("..", "pulzar"), directory.resolve("pulzar"));
    assertThat(java.toFile().setExecutable(true)).isTrue();
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void inAWindowTheLauncherTellsHowWideItIs() throws Exception {
    String said = run(Pty.ofWidth(97), "jobs", "a b");
    assertThat(said).contains("<-Dconsole.columns=97>", "<-Dconsole.watched=true>");
    assertThat(said).contains("<io.pulzar.Pulzar>", "<jobs>", "<a b>");
  }

  @Test
  void inAPipeItTellsThatThereIsNone() throws Exception {
    String said = run(List.of(), "jobs");
    assertThat(said).contains("<-Dconsole.columns=>").doesNotContain("console.watched");
  }

  @Test
  void withoutTheLauncherTheJvmKnowsWhetherThereIsAWindow() throws Exception {
    assertThat(helpOfAllCommands(List.of()).lines().mapToInt(String::length).max().orElse(0))
        .isGreaterThan(80);
    assertThat(helpOfAllCommands(Pty.ofWidth(200)).lines().mapToInt(String::length).max().orElse(0))
        .isBetween(60, 80);
  }

  private static String helpOfAllCommands(List<String> window) throws Exception {
    return said(new ChildJvm(Pulzar.class).through(window).start("help", "schedule"));
  }

  private String run(List<String> window, String... words) throws Exception {
    List<String> line = new ArrayList<>(window);
    line.add(directory.resolve("pulzar").toString());
    line.addAll(List.of(words));
    return said(new ProcessBuilder(line).redirectErrorStream(true).start());
  }

  private static String said(Process process) throws Exception {
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
