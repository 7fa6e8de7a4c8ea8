package io.pulzar.polyglot.worker;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.Script;
import io.pulzar.polyglot.wire.Message;
import io.pulzar.polyglot.wire.MessageReader;
import io.pulzar.polyglot.wire.MessageWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.graalvm.polyglot.Engine;
import org.jspecify.annotations.Nullable;

/**
 * A worker in the test's own JVM, on a bench: connected with a socket, with a directory for scripts
 * and a place for scratch directories. Without the process around it, whatever needs a process to
 * be killed is for the integration tests.
 *
 * <p>A socket, because a {@link java.nio.channels.Pipe} closes when the thread that writes to it is
 * interrupted, as canceling a run does, and the streams of a real worker process do not.
 */
final class Bench implements AutoCloseable {

  /** Time limit of runs that are not about it; other processes may use the machine as well. */
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(5);

  private static final Path PYTHON_LIB = Path.of("..", "..", "python-lib");

  /** Sees each message of a run before the bench acts on it. */
  @FunctionalInterface
  interface Watcher {
    void accept(Message message) throws IOException;
  }

  /** The end of a run, and all that it said. */
  record Report(Outcome outcome, String log, List<String> output, Message.Ended ended) {

    String value() {
      if (outcome instanceof Outcome.Completed completed) {
        return completed.value();
      }
      throw new AssertionError("the run did not complete: " + outcome + "\n" + log);
    }

    Outcome.Raised raised() {
      if (outcome instanceof Outcome.Raised raised) {
        return raised;
      }
      throw new AssertionError("nothing was raised: " + outcome + "\n" + log);
    }
  }

  private final Path directory;
  private final Worker worker;
  private final Thread serving;
  private final Socket connection;
  private final MessageWriter writer;
  private final MessageReader reader;
  final Path scripts;
  private BiFunction<String, String, @Nullable String> host = (name, json) -> "{\"ok\": null}";
  private long lastRun;

  /** Whether the worker wanted its process to end as out of memory. */
  final AtomicBoolean full = new AtomicBoolean();

  Bench(Path directory, int spares) throws IOException {
    this.directory = directory;
    scripts = Files.createDirectories(directory.resolve("scripts"));
    Socket here;
    Socket there;
    try (ServerSocket meeting = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      here = new Socket(meeting.getInetAddress(), meeting.getLocalPort());
      there = meeting.accept();
    }
    connection = here;
    worker =
        new Worker(
            new WorkerOptions(
                pythonHome(), PYTHON_LIB, List.of(), spares, 4, Duration.ofSeconds(2)),
            there.getInputStream(),
            there.getOutputStream(),
            () -> {},
            () -> full.set(true));
    writer = new MessageWriter(here.getOutputStream());
    reader = new MessageReader(here.getInputStream());
    serving = Thread.ofPlatform().name("worker").start(this::serve);
    if (!(next() instanceof Message.Ready)) {
      throw new AssertionError("the first message must be Ready");
    }
  }

  private void serve() {
    try {
      worker.serve();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a script; {@code name} without {@code .py}. */
  Path script(String name, String code) throws IOException {
    Path file = scripts.resolve(name + ".py");
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    return Files.writeString(file, code);
  }

  /** Null where it answers never. */
  void host(BiFunction<String, String, @Nullable String> answers) {
    host = answers;
  }

  /** Runs {@code execute(arguments)} of a script made of these lines. */
  Report run(String code) throws IOException {
    script("snippet", code);
    return run("snippet", Script.Entry.FUNCTION, "[]", Isolation.CLEAN);
  }

  /** Runs a script under which the lines are the body of {@code execute}. */
  Report body(String lines) throws IOException {
    return run("def execute(arguments):\n" + lines.indent(4));
  }

  Report run(String name, Script.Entry entry, String arguments, Isolation isolation)
      throws IOException {
    return run(start(name, entry, arguments, isolation), message -> {});
  }

  Message.Start start(String name, Script.Entry entry, String arguments, Isolation isolation)
      throws IOException {
    long run = ++lastRun;
    Path scratch = directory.toRealPath().resolve("run-" + run);
    return new Message.Start(
        run,
        scripts.toString(),
        name,
        entry,
        arguments,
        scratch.toString(),
        null,
        isolation,
        LONG_ENOUGH.toMillis(),
        1L << 40,
        1L << 30,
        1_000_000,
        true,
        100);
  }

  /** Runs, shows each message to the test, and answers what the script asks. */
  Report run(Message.Start start, Watcher watcher) throws IOException {
    writer.write(start);
    StringBuilder log = new StringBuilder();
    List<String> output = new ArrayList<>();
    while (true) {
      Message message = next();
      watcher.accept(message);
      switch (message) {
        case Message.Started started -> check(started.run() == start.run());
        case Message.Log line -> log.append(line.text());
        case Message.Output part -> output.add(part.part());
        case Message.Prepared _ -> {
          // The watcher has seen it.
        }
        case Message.HostCall call -> {
          String answer = host.apply(call.name(), call.json());
          if (answer != null) {
            writer.write(new Message.HostResult(call.run(), call.call(), answer));
          }
        }
        case Message.Ended ended -> {
          check(ended.run() == start.run());
          return new Report(ended.outcome(), log.toString(), List.copyOf(output), ended);
        }
        default -> throw new AssertionError("a worker does not say " + message);
      }
    }
  }

  void send(Message message) throws IOException {
    writer.write(message);
  }

  /** The answer to what was to be prepared, which must be the next message. */
  Message.Prepared prepared() throws IOException {
    if (next() instanceof Message.Prepared prepared) {
      return prepared;
    }
    throw new AssertionError("the next message must be Prepared");
  }

  private Message next() throws IOException {
    Message message = reader.read();
    if (message == null) {
      throw new AssertionError("the worker is gone");
    }
    return message;
  }

  private static void check(boolean holds) {
    if (!holds) {
      throw new AssertionError("the worker does not do what was expected");
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
    try {
      serving.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    worker.close();
    deleteTree(directory);
  }

  /** The home of GraalPy, extracted once for all tests, of which two processes run some. */
  static Path pythonHome() throws IOException {
    Path extracted = Path.of("target", "test-python");
    Path home = extracted.resolve("python").resolve("python-home");
    Path lock = Path.of("target", "test-python.lock");
    synchronized (Bench.class) {
      try (FileChannel file = FileChannel.open(lock, CREATE, WRITE);
          FileLock _ = file.lock()) {
        if (!Files.isDirectory(home)) {
          Path unfinished = Files.createTempDirectory(Path.of("target"), "python");
          check(Engine.copyResources(unfinished, "python"));
          deleteNativeModules(unfinished);
          Files.move(unfinished, extracted);
        }
      }
    }
    return home;
  }

  /** As in the image: they can't be loaded, and hide what stands in for them. */
  private static void deleteNativeModules(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".so")).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void deleteTree(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
