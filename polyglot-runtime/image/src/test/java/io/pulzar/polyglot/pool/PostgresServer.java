package io.pulzar.polyglot.pool;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL of the system (Debian: {@code apt-get install postgresql}) with an empty database.
 */
final class PostgresServer {

  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

  private final Path programs;
  private final Path directory;
  private final int port;

  private PostgresServer(Path programs, Path directory, int port) {
    this.programs = programs;
    this.directory = directory;
    this.port = port;
  }

  /** Empty when the machine has none, or does not let us start it. */
  static Optional<PostgresServer> start() throws Exception {
    Optional<Path> programs = programs();
    if (programs.isEmpty()) {
      return Optional.empty();
    }
    Path directory = Files.createTempDirectory(Path.of("/tmp"), "pulzar-postgres");
    PostgresServer server = new PostgresServer(programs.get(), directory, freePort());
    boolean started =
        server.run("chown", "postgres", directory.toString())
            && server.asPostgres("initdb", "-D", server.data(), "-A", "trust", "-U", "pulzar")
            && server.asPostgres(
                "pg_ctl",
                "-D",
                server.data(),
                "-o",
                "-p %d -k %s -c listen_addresses=127.0.0.1 -c fsync=off"
                    .formatted(server.port, directory),
                "-w",
                "-l",
                directory.resolve("log").toString(),
                "start");
    return started ? Optional.of(server) : Optional.empty();
  }

  /** How psycopg2 connects. */
  String dsn() {
    return "host=127.0.0.1 port=%d user=pulzar dbname=postgres".formatted(port);
  }

  void stop() throws Exception {
    asPostgres("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
    run("rm", "-rf", directory.toString());
  }

  private String data() {
    return directory.resolve("data").toString();
  }

  /** It refuses to run as root, and root can become its user. */
  private boolean asPostgres(String program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  private boolean run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(2, TimeUnit.MINUTES) && process.exitValue() == 0;
  }

  private static Optional<Path> programs() throws IOException {
    if (!Files.isDirectory(VERSIONS)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(VERSIONS)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(folder -> Files.isExecutable(folder.resolve("initdb")))
          .findFirst();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
