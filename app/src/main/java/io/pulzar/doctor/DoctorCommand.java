package io.pulzar.doctor;

import io.pulzar.cli.Arguments;
import io.pulzar.cli.Command;
import io.pulzar.cli.UsageException;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.python.WorkerSettings;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code pulzar doctor}: everything that a server needs, one line each. */
public final class DoctorCommand implements Command {

  private final Supplier<Settings> settings;
  private final Function<Settings, PythonRuntime> python;
  private final PrintStream out;

  /**
   * A doctor for the server that would be started here.
   *
   * @param settings as a server started here would have them
   * @param python opens the workers as that server would
   */
  public DoctorCommand(
      Supplier<Settings> settings, Function<Settings, PythonRuntime> python, PrintStream out) {
    this.settings = settings;
    this.python = python;
    this.out = out;
  }

  @Override
  public String name() {
    return "doctor";
  }

  @Override
  public String synopsis() {
    return "";
  }

  @Override
  public String summary() {
    return "looks at what a server needs of this machine, and what to do about what is missing";
  }

  @Override
  public int run(List<String> arguments) {
    if (!Arguments.parse(arguments, Set.of(), Set.of()).words().isEmpty()) {
      throw new UsageException(
          "it takes no arguments; settings come from the environment and file");
    }
    Settings effective = settings.get();
    Machine machine = new Machine(effective);
    PythonWorkers workers = new PythonWorkers(() -> python.apply(effective));
    List<Supplier<Finding>> checks =
        List.of(
            machine::java,
            machine::system,
            machine::storage,
            machine::disk,
            () -> machine.port("master's port", ServerSettings.PORT),
            () -> machine.port("node's port", ServerSettings.NODE_PORT),
            () ->
                Neighbours.look(
                    effective, Path.of("/etc/passwd"), System.getProperty("user.name", "")),
            () -> machine.scripts("jobs", ServerSettings.JOBS_DIR),
            () -> machine.scripts("extensions", ServerSettings.EXTENSIONS_DIR),
            () -> Languages.in(WorkerSettings.languages(effective)),
            workers::look,
            workers::wall,
            workers::cpython,
            workers::python2);
    boolean bad = false;
    for (Supplier<Finding> check : checks) {
      Finding finding = check.get();
      out.println(finding);
      bad |= finding.grade() == Finding.Grade.BAD;
    }
    return bad ? 1 : 0;
  }
}
