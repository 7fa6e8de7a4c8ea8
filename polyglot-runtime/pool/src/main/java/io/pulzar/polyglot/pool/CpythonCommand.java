package io.pulzar.polyglot.pool;

import io.pulzar.polyglot.CpythonSettings;
import io.pulzar.polyglot.RuntimeSettings;
import io.pulzar.polyglot.RuntimeSettings.Places;
import io.pulzar.polyglot.WallReport;
import io.pulzar.polyglot.wall.FileRules;
import io.pulzar.polyglot.wall.Wall;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts workers in the host's CPython: {@code _pulzar/fork_server.py}, which forks a process for
 * each run and binds it to the files of that run. CPython has no sandbox of its own, so there is no
 * such worker without the second wall.
 */
final class CpythonCommand implements ProcessStarter {

  private final RuntimeSettings settings;
  private final CpythonSettings cpython;
  private final HostPython python;
  private final Wall wall;

  private CpythonCommand(
      RuntimeSettings settings, CpythonSettings cpython, HostPython python, Wall wall) {
    this.settings = settings;
    this.cpython = cpython;
    this.python = python;
    this.wall = wall;
  }

  /**
   * Looks for a Python that will do.
   *
   * @throws IOException saying what is missing, and what to do
   */
  static CpythonCommand of(RuntimeSettings settings, CpythonSettings cpython) throws IOException {
    Wall wall = Wall.of(settings.confinement().wall());
    if (!wall.holdsFiles()) {
      throw new IOException(
          "scripts in CPython run behind the second wall only, and %s; see pulzar doctor"
              .formatted(wall.report().description()));
    }
    return new CpythonCommand(settings, cpython, HostPython.find(cpython), wall);
  }

  @Override
  public Process start(long memoryBytes) throws IOException {
    Places places = settings.places();
    List<String> command = new ArrayList<>(ProcessLimits.prefix(settings, memoryBytes));
    command.addAll(List.of(python.program().toString(), "-I", "-B", "-X", "utf8"));
    command.add(places.pythonLib().resolve("_pulzar").resolve("fork_server.py").toString());
    command.addAll(List.of("--clean-up", Long.toString(settings.patience().cleanUp().toMillis())));
    command.addAll(List.of("--landlock", Integer.toString(wall.landlockVersion())));
    command.add("--filters");
    wall.filtersOfRuns().forEach(filter -> command.add(HexFormat.of().formatHex(filter)));
    FileRules system = FileRules.ofTheSystem();
    Stream.concat(system.readable().stream(), system.writable().stream())
        .forEach(path -> command.addAll(List.of("--readable", path.toString())));
    command.addAll(List.of("--packages", cpython.packages().toString()));
    cpython.preload().forEach(module -> command.addAll(List.of("--preload", module)));
    ProcessBuilder builder = new ProcessBuilder(command);
    ProcessLimits.clean(builder.environment());
    return wall.start(builder, files());
  }

  @Override
  public WallReport wall() {
    return wall.report();
  }

  String describe() {
    return "Python %s, %s".formatted(python.version(), python.program());
  }

  private FileRules files() throws IOException {
    List<Path> readable = new ArrayList<>(python.directories());
    readable.addAll(List.of(cpython.environment(), cpython.packages()));
    return WorkerFiles.of(settings, python.program())
        .and(new FileRules(readable, List.of(python.program()), List.of()));
  }
}
