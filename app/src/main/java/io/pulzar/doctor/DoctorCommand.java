package io.pulzar.doctor;

import io.pulzar.cli.CommandContext;
import io.pulzar.cli.ExitStatus;
import io.pulzar.cli.Output;
import io.pulzar.cli.Progress;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.python.WorkerSettings;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pulzar doctor}: everything that a server needs, one line each. */
@Command(
    name = "doctor",
    description =
        "Looks at what a server needs of this machine, and what to do about what is missing.")
public final class DoctorCommand implements Callable<Integer> {

  private final CommandContext context;
  private final Function<Settings, PythonRuntime> python;

  @Option(names = "--json", description = "prints a list of what was found")
  private boolean json;

  /**
   * A doctor for the server that would be started here.
   *
   * @param python opens the workers as that server would
   */
  public DoctorCommand(CommandContext context, Function<Settings, PythonRuntime> python) {
    this.context = context;
    this.python = python;
  }

  @Override
  public Integer call() {
    Settings effective = context.settings();
    Machine machine = new Machine(effective);
    PythonWorkers workers = new PythonWorkers(() -> python.apply(effective));
    List<Supplier<Finding>> checks =
        List.of(
            machine::java,
            machine::system,
            machine::storage,
            () -> Buckets.look(effective),
            machine::disk,
            () -> machine.port("master's port", ServerSettings.PORT),
            () -> machine.port("node's port", ServerSettings.NODE_PORT),
            () ->
                Neighbours.look(
                    effective, Path.of("/etc/passwd"), System.getProperty("user.name", "")),
            () -> machine.scripts("jobs", ServerSettings.JOBS_DIR),
            () -> machine.scripts("extensions", ServerSettings.EXTENSIONS_DIR),
            () -> Languages.in(WorkerSettings.languages(effective)),
            () -> JdbcDrivers.in(WorkerSettings.drivers(effective)),
            workers::look,
            workers::wall,
            workers::cpython,
            workers::python2);
    Output output = new Output(context.terminal(), json);
    List<Map<String, String>> found = new ArrayList<>();
    boolean bad = false;
    for (Supplier<Finding> check : checks) {
      Finding finding;
      try (Progress _ = Progress.start(context.terminal(), "doctor")) {
        finding = check.get();
      }
      if (json) {
        found.add(fields(finding));
      } else {
        output.line(finding.toString());
      }
      bad |= finding.grade() == Finding.Grade.BAD;
    }
    if (json) {
      output.json(found);
    }
    return bad ? ExitStatus.FAILED.code() : ExitStatus.DONE.code();
  }

  private static Map<String, String> fields(Finding finding) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("grade", finding.word());
    fields.put("subject", finding.subject());
    fields.put("detail", finding.detail());
    fields.put("cure", finding.cure());
    return fields;
  }
}
