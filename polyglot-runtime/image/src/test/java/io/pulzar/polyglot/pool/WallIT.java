package io.pulzar.polyglot.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a worker can do to its server once nothing in it holds any more: the first wall is taken
 * away, and the second has to do.
 */
final class WallIT {

  /** "Nobody", who is on every system. */
  private static final String ORDINARY = "65534";

  private static final List<String> ALLOWED =
      List.of(
          "may connect over TCP",
          "may make a socket for UDP",
          "may write a file of its own",
          "may run a thread");

  @TempDir Path directory;

  /** Root where the test is root, and an ordinary user everywhere. */
  static Stream<List<String>> users() throws IOException {
    List<String> self = List.of();
    int id = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    return id == 0
        ? Stream.of(
            self,
            List.of("setpriv", "--reuid=" + ORDINARY, "--regid=" + ORDINARY, "--clear-groups"))
        : Stream.of(self);
  }

  @ParameterizedTest
  @MethodSource("users")
  void nothingOfTheServerIsOpenToAWorkerOutOfItsSandbox(List<String> user) throws Exception {
    List<String> report = robbed(user, "REQUIRED", true);
    assertThat(report).contains("exit 0", "log: what happened");
    assertThat(report).filteredOn(line -> line.contains(": GOT ")).isEmpty();
    assertThat(report).filteredOn(line -> line.contains(": refused ")).hasSizeGreaterThan(35);
    assertThat(report).filteredOn(line -> line.contains("the secret")).isEmpty();
    assertThat(report).filteredOn(line -> line.startsWith("python ")).hasSize(5);
    assertThat(report).filteredOn(line -> line.startsWith("may ")).allMatch(WallIT::isFine);
  }

  /** Else the test above would also pass if the burglar only stood there. */
  @Test
  void withoutTheWallMostOfItIsOpen() throws Exception {
    List<String> report = robbed(List.of(), "OFF", false);
    assertThat(report)
        .contains(
            "read a secret: GOT the secret",
            "start a program: GOT 0",
            "send a signal: GOT 0",
            "connect to a local socket: GOT true",
            "exit 0",
            "log: ");
    assertThat(report)
        .anyMatch(line -> line.startsWith("read the environment: GOT "))
        .anyMatch(line -> line.startsWith("open the memory: GOT "))
        .anyMatch(line -> line.startsWith("see its open files: GOT "));
    // These are the pool's doing, with or without the wall.
    assertThat(report)
        .anyMatch(line -> line.startsWith("have a socket of the server: refused "))
        .anyMatch(line -> line.startsWith("have the server's environment: refused "));
  }

  private static boolean isFine(String line) {
    return ALLOWED.stream().anyMatch(allowed -> line.startsWith(allowed + ": ok "));
  }

  private List<String> robbed(List<String> user, String wall, boolean python) throws Exception {
    Path place = Files.createTempDirectory(openToAll(directory), "robbed");
    openToAll(place);
    List<String> command = new ArrayList<>(user);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath(),
            RobbedServer.class.getName(),
            Path.of("../target/image").toAbsolutePath().toString(),
            place.toString(),
            wall,
            Boolean.toString(python)));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PULZAR_SECRET", "the secret");
    Process server = builder.start();
    List<String> report =
        new String(server.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    assertThat(server.waitFor()).as("%s", report).isZero();
    return report;
  }

  /** The jars of the build may lie in the home of a user whom others can't look over. */
  private static String classPath() throws IOException {
    try (Stream<Path> jars = Files.list(Path.of("../target/image/lib"))) {
      return Stream.concat(
              Stream.of("target/test-classes", "../pool/target/classes").map(Path::of), jars)
          .map(path -> path.toAbsolutePath().toString())
          .collect(Collectors.joining(":"));
    }
  }

  private static Path openToAll(Path path) throws IOException {
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
  }
}
