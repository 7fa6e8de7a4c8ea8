package io.pulzar.polyglot.runtimeimage;

import io.pulzar.polyglot.Isolation;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.RuntimeSettings;
import io.pulzar.polyglot.Script.Entry;
import io.pulzar.polyglot.pool.ImageLayout;
import io.pulzar.polyglot.pool.WorkerCommand;
import io.pulzar.polyglot.wire.Message;
import io.pulzar.polyglot.wire.MessageReader;
import io.pulzar.polyglot.wire.MessageWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Records the ahead-of-time cache: a worker runs scripts like those of users, then writes down what
 * it loaded and what was hot.
 */
final class AotRecording {

  static final String SCRIPT = "trainee";
  static final String LIBRARIES = "libraries";
  private static final int RUNS = 3;
  private static final long ENOUGH_MINUTES = 10;

  private final Path directory;
  private final MessageReader reader;
  private final MessageWriter writer;
  private long lastRun;

  private AotRecording(Path directory, Process process) {
    this.directory = directory;
    this.reader = new MessageReader(process.getInputStream());
    this.writer = new MessageWriter(process.getOutputStream());
  }

  static void make(ImageLayout image) throws IOException {
    Files.deleteIfExists(image.aotCache());
    Path directory = Files.createTempDirectory("pulzar-recording").toRealPath();
    try {
      record(image, directory);
    } catch (IOException e) {
      Files.deleteIfExists(image.aotCache());
      System.err.println(
          "image: the ahead-of-time cache could not be recorded, so workers start more slowly: "
              + e.getMessage());
    } finally {
      FileTree.delete(directory);
    }
  }

  private static void record(ImageLayout image, Path directory) throws IOException {
    copyScript(SCRIPT, directory);
    copyScript(LIBRARIES, directory);
    RuntimeSettings settings =
        RuntimeSettings.defaults(
            image.directory(), image.pythonLib(), directory.resolve("scratch"));
    Process process = WorkerCommand.recording(settings).start(settings.shape().heapBytes());
    try {
      drainErrors(process);
      new AotRecording(directory, process).train();
      process.getOutputStream().close();
      if (!process.waitFor(ENOUGH_MINUTES, TimeUnit.MINUTES)) {
        throw new IOException("the worker did not finish it");
      }
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
    if (Files.notExists(image.aotCache())) {
      throw new IOException("this Java wrote none (exit code " + process.exitValue() + ")");
    }
  }

  private static void drainErrors(Process process) {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try (InputStream errors = process.getErrorStream()) {
                errors.transferTo(System.err);
              } catch (IOException e) {
                System.err.println("image: the errors of the worker are lost: " + e);
              }
            });
  }

  private static void copyScript(String name, Path directory) throws IOException {
    try (InputStream script = script(name)) {
      Files.copy(script, directory.resolve(name + ".py"));
    }
  }

  /** One of the scripts that are recorded. */
  static InputStream script(String name) throws IOException {
    InputStream script = AotRecording.class.getResourceAsStream("training/" + name + ".py");
    if (script == null) {
      throw new IOException("the training script " + name + " is not on the class path");
    }
    return script;
  }

  private void train() throws IOException {
    if (!(reader.read() instanceof Message.Ready)) {
      throw new IOException("the worker did not start");
    }
    for (int i = 0; i < RUNS; i++) {
      for (Isolation isolation : Isolation.values()) {
        run(SCRIPT, Entry.JOB, "{\"number\": 12, \"job_id\": 1}", isolation);
      }
      run(LIBRARIES, Entry.FUNCTION, "[]", Isolation.CLEAN);
    }
  }

  private void run(String script, Entry entry, String arguments, Isolation isolation)
      throws IOException {
    long run = ++lastRun;
    Path scratch = directory.resolve("scratch").resolve("" + run);
    writer.write(
        new Message.Start(
            run,
            directory.toString(),
            script,
            entry,
            arguments,
            scratch.toString(),
            null,
            isolation,
            TimeUnit.MINUTES.toMillis(ENOUGH_MINUTES),
            1L << 30,
            1L << 30,
            1 << 20,
            true,
            100));
    Outcome outcome = awaitEnd();
    if (!(outcome instanceof Outcome.Completed)) {
      throw new IOException("the training script ended with " + outcome);
    }
  }

  private Outcome awaitEnd() throws IOException {
    while (true) {
      switch (reader.read()) {
        case Message.Ended ended -> {
          return ended.outcome();
        }
        case Message.HostCall call ->
            writer.write(new Message.HostResult(call.run(), call.call(), "{\"ok\": null}"));
        case null -> throw new IOException("the worker died");
        default -> {
          // Log and output are of no interest here.
        }
      }
    }
  }
}
