package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.Python2Settings;
import io.pulzar.polyglot.RuntimeSettings;
import io.pulzar.polyglot.WallReport;
import io.pulzar.polyglot.WallReport.Strength;
import io.pulzar.polyglot.wall.Wall;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts workers for Python 2: {@code _python2/server.py} in Jython, which has a class path of its
 * own. In there every class of Java is open to scripts, so that only the second wall holds them.
 */
final class JythonCommand implements ProcessStarter {

  private static final String WORKER_JAR = "worker.jar";
  private static final String MAIN = "org.python.util.jython";

  private static final List<String> OPTIONS =
      List.of(
          // No handlers: a script that raises a signal would run them.
          "-Xrs",
          "-Xss16m",
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData",
          // Scripts of one run are rarely long enough for the thorough compiler to pay.
          "-XX:TieredStopAtLevel=1",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          // Standard output is for frames.
          "-XX:+DisplayVMOutputToStderr",
          "-Xlog:disable",
          "-Xlog:all=error:stderr:tags",
          "-Dfile.encoding=UTF-8",
          "-Dpython.console.encoding=UTF-8",
          "-Dpython.cachedir.skip=true",
          "-Dpython.import.site=false");

  private final RuntimeSettings settings;
  private final Path java;
  private final Path jython;
  private final Wall wall;

  private JythonCommand(RuntimeSettings settings, Path java, Path jython, Wall wall) {
    this.settings = settings;
    this.java = java;
    this.jython = jython;
    this.wall = wall;
  }

  /**
   * Looks for Jython and the wall.
   *
   * @throws IOException saying what is missing, and what to do
   */
  static JythonCommand of(RuntimeSettings settings, Python2Settings python2) throws IOException {
    Wall wall = Wall.of(settings.confinement().wall());
    if (!wall.holdsFiles() && !python2.unconfined()) {
      throw new IOException(
          ("scripts of Python 2 run behind the second wall only, and %s; see pulzar doctor, or let"
                  + " them do whatever the server's user can with pulzar.python2.unconfined=true")
              .formatted(wall.report().description()));
    }
    ImageLayout image = new ImageLayout(settings.places().image());
    Path own = image.runtime().resolve("bin").resolve("java");
    return new JythonCommand(
        settings,
        Files.isExecutable(own) ? own : settings.places().java().resolve("bin").resolve("java"),
        jython(image),
        wall);
  }

  private static Path jython(ImageLayout image) throws IOException {
    if (Files.isDirectory(image.python2())) {
      try (Stream<Path> files = Files.list(image.python2())) {
        return files.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
      }
    }
    throw new IOException("there is no Jython in " + image.directory() + "; build Pulzar first");
  }

  @Override
  public Process start(long memoryBytes) throws IOException {
    long heap = WorkerCommand.largestHeap(memoryBytes);
    List<String> command = new ArrayList<>(ProcessLimits.withFrames(settings, heap));
    boolean framesApart = !command.isEmpty();
    command.add(java.toString());
    if (framesApart) {
      command.add("-Dpulzar.frames=/dev/fd/3");
    }
    command.add("-Xmx" + (heap >> 20) + "m");
    command.addAll(OPTIONS);
    command.add("-Djava.io.tmpdir=" + settings.places().scratch());
    command.add("-Dpulzar.clean-up=" + settings.patience().cleanUp().toMillis());
    if (wall.report().strength() != Strength.NONE) {
      command.add("-Dpulzar.wall=true");
    }
    Path ours = new ImageLayout(settings.places().image()).lib().resolve(WORKER_JAR);
    command.addAll(List.of("-cp", jython + File.pathSeparator + ours, MAIN, "-B"));
    command.add(settings.places().pythonLib().resolve("_python2").resolve("server.py").toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    ProcessLimits.clean(builder.environment());
    return wall.start(builder, WorkerFiles.of(settings, java));
  }

  @Override
  public WallReport wall() {
    return wall.report();
  }

  String describe() {
    return jython.getFileName().toString();
  }
}
