package io.pulzar.manual;

import io.pulzar.ChildJvm;
import io.pulzar.CommandDaemon;
import io.pulzar.ServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where a reader sits: a folder with the server's jobs and extensions in it, a running server, and
 * {@code pulzar} on the PATH.
 */
final class Desk implements AutoCloseable {

  private final Path home;
  private final Path folder;
  private final int port = ServerProcess.freePort();
  private final int nodePort = ServerProcess.freePort();
  private final int otherPort = ServerProcess.freePort();
  private final ServerProcess server;
  private final Process daemon;
  private final String daemonPort;

  /**
   * @param root an empty directory
   */
  Desk(Path root) throws IOException {
    home = root.resolve("home");
    folder = Files.createDirectories(root.resolve("desk"));
    for (String part : new String[] {"jobs", "extensions"}) {
      copy(Manual.CHECKOUT.resolve(part), folder.resolve(part));
    }
    Path program = Files.createDirectories(root.resolve("bin")).resolve("pulzar");
    try (InputStream text = Desk.class.getResourceAsStream("pulzar.py")) {
      Files.copy(Objects.requireNonNull(text), program);
    }
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path site = Files.createDirectories(root.resolve("site"));
    copy(Manual.CHECKOUT.resolve("python-lib/pulzarclient"), site.resolve("pulzarclient"));
    // Where curl is told that something is wrong, it ends with that.
    Files.writeString(
        Files.createDirectories(root.resolve("user")).resolve(".curlrc"),
        "fail-with-body\nsilent\nshow-error\n");
    server =
        ServerProcess.start(
            home,
            "--port=" + port,
            "--node-port=" + nodePort,
            "--jobs=" + folder.resolve("jobs"),
            "--extensions=" + folder.resolve("extensions"),
            // Scripts that wait for scripts need a second worker.
            "--set=pulzar.workers.warm=2");
    daemon =
        new ChildJvm(CommandDaemon.class)
            .in(folder)
            .start(
                "pulzar.server.home=" + home,
                "pulzar.server.port=" + port,
                "pulzar.volume.port=" + nodePort,
                "pulzar.server.installation=" + Manual.CHECKOUT);
    BufferedReader said =
        new BufferedReader(new InputStreamReader(daemon.getInputStream(), StandardCharsets.UTF_8));
    daemonPort = Objects.requireNonNull(said.readLine(), "the daemon's port");
    Thread.ofPlatform().daemon().name("daemon-log").start(() -> said.lines().forEach(_ -> {}));
    var _ = server.awaitReady();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(path -> !path.toString().contains("__pycache__")).toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  Path folder() {
    return folder;
  }

  /** The manual's text with the ports of this server in place of the usual ones. */
  String here(String text) {
    return text.replace("31414", "" + port)
        .replace("31415", "" + nodePort)
        .replace("9123", "" + otherPort);
  }

  /** And back. */
  String there(String text) {
    return text.replace("" + port, "31414")
        .replace("" + nodePort, "31415")
        .replace("" + otherPort, "9123");
  }

  /** What programs find in their environment. */
  Map<String, String> environment() {
    return Map.of(
        "PATH", home.resolveSibling("bin") + ":" + System.getenv("PATH"),
        "HOME", home.resolveSibling("user").toString(),
        "XDG_CONFIG_HOME", home.resolveSibling("user").toString(),
        "PYTHONPATH", home.resolveSibling("site").toString(),
        "PULZAR_SERVER", "http://127.0.0.1:" + port,
        "CHECKOUT", Manual.CHECKOUT.toString(),
        "COMMAND_DAEMON", daemonPort,
        "COMMAND_DIRECTORY", folder.toString());
  }

  String log() {
    return server.log();
  }

  @Override
  public void close() {
    daemon.destroy();
    server.close();
  }
}
