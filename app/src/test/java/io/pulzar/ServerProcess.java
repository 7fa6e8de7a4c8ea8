package io.pulzar;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code pulzar start} as a process of its own, with real workers, so that it can be killed. */
public final class ServerProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** In a line of text, or in one of JSON. */
  private static final Pattern READY = Pattern.compile("[ \"]ready: ");

  private final Process process;
  private final List<String> log = new ArrayList<>();
  private final CountDownLatch ready = new CountDownLatch(1);

  private ServerProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts it and returns at once.
   *
   * @param home everything that it keeps is below this directory
   * @param options of {@code pulzar start}
   */
  public static ServerProcess start(Path home, String... options) throws IOException {
    return startThrough(List.of(), home, options);
  }

  /**
   * The same, elsewhere.
   *
   * @param command runs the rest of its line
   */
  public static ServerProcess startThrough(List<String> command, Path home, String... options)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("start", "--home", home.toString()));
    arguments.addAll(List.of(options));
    ServerProcess server =
        new ServerProcess(
            new ChildJvm(Pulzar.class)
                .through(command)
                .option("-Xmx256m")
                .option("-Dpulzar.server.installation=" + Path.of("..").toRealPath())
                // A worker for each processor would cost a test seconds for nothing.
                .option("-Dpulzar.workers.warm=1")
                // Nor does one get warm within a test: compiling would take what the others need.
                .option("-Dpulzar.workers.compiled=false")
                .start(arguments.toArray(String[]::new)));
    Thread.ofPlatform().daemon().name("server-log").start(server::read);
    return server;
  }

  /** A port that nobody listens on just now, for a server that must come back on the same one. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Waits until it says that it is ready. */
  public ServerProcess awaitReady() {
    Await.until("it is ready", PATIENCE, () -> ready.getCount() == 0 || !process.isAlive());
    if (!process.isAlive()) {
      throw new AssertionError("the server is not ready:\n" + log());
    }
    return this;
  }

  /** Waits until its log has a line with this text. */
  public ServerProcess awaitLine(String text) {
    Await.until(
        "its log says: " + text, PATIENCE, () -> log().contains(text) || !process.isAlive());
    if (!log().contains(text)) {
      throw new AssertionError("the server did not say " + text + ":\n" + log());
    }
    return this;
  }

  /** As {@code kill -9} does; returns when it is gone. */
  public void kill() {
    boolean _ = process.toHandle().destroyForcibly();
    Await.until("a killed server is gone", PATIENCE, () -> !process.isAlive());
  }

  /** Lets it stand still, as a paused virtual machine does, until {@link #resume}. */
  public void pause() {
    signal("STOP");
  }

  /** Lets it go on. */
  public void resume() {
    signal("CONT");
  }

  /** Tells it to stop, as a supervisor does, and returns at once. */
  public void terminate() {
    signal("TERM");
  }

  private void signal(String name) {
    try {
      int status =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
              .inheritIO()
              .start()
              .waitFor();
      if (status != 0) {
        throw new AssertionError("kill -" + name + " failed with " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until it has ended by itself; its exit status. */
  public int awaitExit() {
    Await.until("the server has ended by itself", PATIENCE, () -> !process.isAlive());
    return process.exitValue();
  }

  /** The processes that it has started: its Python workers. */
  public Stream<ProcessHandle> children() {
    return process.children();
  }

  /** What it has printed. */
  public String log() {
    synchronized (log) {
      return String.join("\n", log);
    }
  }

  /** Tells it to stop and waits until it has. */
  @Override
  public void close() {
    process.destroy();
    try {
      Await.until("the server has stopped", PATIENCE, () -> !process.isAlive());
    } catch (AssertionError late) {
      boolean _ = process.toHandle().destroyForcibly();
      throw new AssertionError("the server did not stop:\n" + log(), late);
    }
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (log) {
          log.add(line);
        }
        if (READY.matcher(line).find()) {
          ready.countDown();
        }
      }
    } catch (IOException e) {
      synchronized (log) {
        log.add("(the log broke off: " + e.getMessage() + ")");
      }
    } finally {
      ready.countDown();
    }
  }
}
