package io.pulzar.packages;

import io.pulzar.cli.Choices;
import io.pulzar.cli.ChosenSettings;
import io.pulzar.cli.CommandContext;
import io.pulzar.cli.ExitStatus;
import io.pulzar.cli.JsonOption;
import io.pulzar.cli.Output;
import io.pulzar.cli.Progress;
import io.pulzar.cli.RefusedException;
import io.pulzar.cli.UsageException;
import io.pulzar.polyglot.CpythonSettings;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.python.WorkerSettings;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** {@code pulzar packages}: installs Python packages for scripts, lists them, removes them. */
@Command(
    name = "packages",
    description = "Installs Python packages for scripts, from an index or a folder of wheels.")
public final class PackagesCommand implements Callable<Integer> {

  private static final String GRAALPY = "graalpy";
  private static final String CPYTHON = "cpython";
  private static final String ADDING = "packages";
  private static final String ADDED = "added";

  private static final Pattern SCRIPTS =
      Pattern.compile("(jobs|extensions|third_party)(/[\\w-]+)*");

  /** In the folder for all scripts, the one for those of one directory; no package's name. */
  private static final String FOR = "_for";

  private final CommandContext context;
  private final BiFunction<Settings, Path, PythonRuntime> python;
  @Mixin private JsonOption json = new JsonOption();
  @Mixin private ChosenSettings settings = new ChosenSettings();

  @Option(
      names = "--for",
      paramLabel = "jobs/DIR",
      scope = ScopeType.INHERIT,
      description = "for the scripts of one directory only")
  private Optional<String> scripts = Optional.empty();

  @Option(
      names = "--runtime",
      paramLabel = "graalpy|cpython",
      scope = ScopeType.INHERIT,
      completionCandidates = Runtimes.class,
      description = "for which Python; graalpy unless told")
  private String runtime = GRAALPY;

  /** For completion. */
  static final class Runtimes extends Choices {
    Runtimes() {
      super(GRAALPY, CPYTHON);
    }
  }

  /**
   * A command for the server that would be started here.
   *
   * @param python opens workers that do not disturb a running server, and run what is in a
   *     directory of their own
   */
  public PackagesCommand(CommandContext context, BiFunction<Settings, Path, PythonRuntime> python) {
    this.context = context;
    this.python = python;
  }

  /** Without a word behind it the command lists. */
  @Override
  public Integer call() throws IOException {
    return list();
  }

  @Command(description = "Lists what is installed.")
  int list() throws IOException {
    Output output = json.output(context.terminal());
    List<InstalledPackages.Installed> all = packages().all();
    if (output.isJson()) {
      output.json(shown(all));
    } else {
      all.forEach(one -> output.line(one.name() + " " + one.version()));
    }
    return ExitStatus.DONE.code();
  }

  @Command(description = "Removes packages.")
  int remove(
      @Parameters(arity = "1..*", paramLabel = "NAME", description = "of a package")
          List<String> names)
      throws IOException {
    InstalledPackages packages = packages();
    List<InstalledPackages.Installed> removed = new ArrayList<>();
    for (String name : names) {
      InstalledPackages.Installed installed =
          packages
              .find(name)
              .orElseThrow(() -> new RefusedException(name + " is not installed here"));
      packages.remove(installed);
      removed.add(installed);
    }
    tell("removed", removed, Optional.empty());
    return ExitStatus.DONE.code();
  }

  @Command(description = "Installs packages, with all that they need.")
  int add(
      @Parameters(arity = "1..*", paramLabel = "NAME", description = "of a package, as pip has it")
          List<String> names,
      @Option(names = "--from", paramLabel = "DIR", description = "a folder of wheels")
          Optional<Path> wheels,
      @Option(names = "--index", paramLabel = "URL", description = "an index in place of PyPI")
          Optional<String> index)
      throws IOException {
    if (wheels.isPresent() && !Files.isDirectory(wheels.get())) {
      throw new UsageException(
          "--from must name a folder of wheels, and " + wheels.get() + " is none");
    }
    try {
      return isForCpython()
          ? addForCpython(effective(), names, wheels, index)
          : add(effective(), names, wheels, index);
    } catch (Installation.FailedException e) {
      throw new RefusedException(String.valueOf(e.getMessage()));
    }
  }

  private boolean isForCpython() {
    return switch (runtime) {
      case GRAALPY -> false;
      case CPYTHON -> true;
      default -> throw new UsageException("--runtime is graalpy or cpython, not '" + runtime + "'");
    };
  }

  private int add(
      Settings effective, List<String> names, Optional<Path> wheels, Optional<String> index)
      throws IOException, Installation.FailedException {
    Path home = effective.get(ServerSettings.HOME);
    InstalledPackages packages = new InstalledPackages(folder(home.resolve("packages"), scripts));
    Path workspace = workspace(home);
    List<InstalledPackages.Installed> added;
    try (PythonRuntime workers = python.apply(effective, workspace);
        Progress _ = Progress.start(context.terminal(), ADDING)) {
      added =
          new Installation(workers, Files.createDirectory(workspace.resolve("pip")))
              .into(packages, names, wheels, index);
    } finally {
      InstalledPackages.deleteTree(workspace);
    }
    tell(
        ADDED,
        added,
        Optional.of("Scripts that ran before on a running server find it after a restart."));
    return ExitStatus.DONE.code();
  }

  private int addForCpython(
      Settings effective, List<String> names, Optional<Path> wheels, Optional<String> index)
      throws IOException, Installation.FailedException {
    CpythonSettings cpython = WorkerSettings.cpython(effective);
    List<String> added;
    try (Progress _ = Progress.start(context.terminal(), ADDING)) {
      added = environment(cpython).install(names, wheels, index, target(cpython));
    }
    tell(
        ADDED,
        added.stream().map(VirtualEnvironment::told).toList(),
        Optional.of("A running server finds it after a restart."));
    return ExitStatus.DONE.code();
  }

  private InstalledPackages packages() throws IOException {
    Settings effective = effective();
    if (!isForCpython()) {
      return new InstalledPackages(
          folder(effective.get(ServerSettings.HOME).resolve("packages"), scripts));
    }
    CpythonSettings cpython = WorkerSettings.cpython(effective);
    Optional<Path> target = target(cpython);
    try {
      return target.isPresent()
          ? new InstalledPackages(target.get())
          : environment(cpython).packages();
    } catch (Installation.FailedException e) {
      throw new RefusedException(String.valueOf(e.getMessage()));
    }
  }

  private static VirtualEnvironment environment(CpythonSettings cpython) {
    return new VirtualEnvironment(
        cpython.environment(), cpython.program().orElse(Path.of("python3")));
  }

  private Optional<Path> target(CpythonSettings cpython) {
    return scripts.map(named -> folder(cpython.packages(), Optional.of(named)));
  }

  private Settings effective() {
    return context.chosen().apply(settings.typed());
  }

  private void tell(
      String what, List<InstalledPackages.Installed> packages, Optional<String> remark) {
    Output output = json.output(context.terminal());
    if (output.isJson()) {
      output.json(Map.of(what, shown(packages)));
    } else {
      packages.forEach(one -> output.line(what + " " + one.name() + " " + one.version()));
      remark.ifPresent(output::line);
    }
  }

  private static List<Map<String, String>> shown(List<InstalledPackages.Installed> packages) {
    return packages.stream()
        .map(one -> Map.of("name", one.name(), "version", one.version()))
        .toList();
  }

  private static Path workspace(Path home) throws IOException {
    return Files.createTempDirectory(
        Files.createDirectories(home.resolve("scratch")).toAbsolutePath(), "packages");
  }

  private static Path folder(Path all, Optional<String> scripts) {
    if (scripts.isEmpty()) {
      return all;
    }
    if (!SCRIPTS.matcher(scripts.get()).matches()) {
      throw new UsageException(
          "--for takes jobs, extensions or third_party and a directory in it, such as jobs/reports");
    }
    return all.resolve(FOR).resolve(scripts.get());
  }
}
