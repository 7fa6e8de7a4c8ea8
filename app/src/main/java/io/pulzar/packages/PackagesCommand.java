package io.pulzar.packages;

import io.pulzar.cli.Arguments;
import io.pulzar.cli.Command;
import io.pulzar.cli.UsageException;
import io.pulzar.polyglot.CpythonSettings;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.python.WorkerSettings;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;

/** {@code pulzar packages}: installs Python packages for scripts, lists them, removes them. */
public final class PackagesCommand implements Command {

  private static final Set<String> OPTIONS =
      Set.of("--from", "--for", "--index", "--home", "--runtime");
  private static final Pattern SCRIPTS =
      Pattern.compile("(jobs|extensions|third_party)(/[\\w-]+)*");

  /** In the folder for all scripts, the one for those of one directory; no package's name. */
  private static final String FOR = "_for";

  private final Function<Map<String, String>, Settings> settings;
  private final BiFunction<Settings, Path, PythonRuntime> python;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * A command for the server that would be started here.
   *
   * @param settings as that server would have them, with some more that were typed
   * @param python opens workers that do not disturb a running server, and run what is in a
   *     directory of their own
   */
  public PackagesCommand(
      Function<Map<String, String>, Settings> settings,
      BiFunction<Settings, Path, PythonRuntime> python,
      PrintStream out,
      PrintStream err) {
    this.settings = settings;
    this.python = python;
    this.out = out;
    this.err = err;
  }

  @Override
  public String name() {
    return "packages";
  }

  @Override
  public String synopsis() {
    return "add NAME... [--from DIR | --index URL] | list | remove NAME..."
        + "\n      [--for jobs/DIR] [--runtime graalpy|cpython] [--home DIR]";
  }

  @Override
  public String summary() {
    return "installs Python packages for scripts, from an index or a folder of wheels";
  }

  @Override
  public int run(List<String> typed) {
    Arguments arguments = Arguments.parse(typed, OPTIONS, Set.of());
    if (arguments.words().isEmpty()) {
      throw new UsageException("say what to do: add, list or remove");
    }
    Settings effective =
        settings.apply(
            arguments
                .value("--home")
                .map(home -> Map.of(ServerSettings.HOME.name(), home))
                .orElse(Map.of()));
    Path home = effective.get(ServerSettings.HOME);
    List<String> names = arguments.words().subList(1, arguments.words().size());
    try {
      if (isForCpython(arguments)) {
        return runForCpython(effective, names, arguments);
      }
      InstalledPackages packages =
          new InstalledPackages(folder(home.resolve("packages"), arguments.value("--for")));
      return switch (arguments.words().getFirst()) {
        case "list" -> list(packages);
        case "remove" -> remove(packages, names);
        case "add" -> add(effective, packages, needed(names), arguments);
        case String other ->
            throw new UsageException("'" + other + "' is none of add, list and remove");
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isForCpython(Arguments arguments) {
    return switch (arguments.value("--runtime").orElse("graalpy")) {
      case "graalpy" -> false;
      case "cpython" -> true;
      case String other ->
          throw new UsageException("--runtime is graalpy or cpython, not '" + other + "'");
    };
  }

  private int runForCpython(Settings effective, List<String> names, Arguments arguments)
      throws IOException {
    CpythonSettings cpython = WorkerSettings.cpython(effective);
    VirtualEnvironment environment =
        new VirtualEnvironment(cpython.environment(), cpython.program().orElse(Path.of("python3")));
    Optional<Path> target =
        arguments.value("--for").map(scripts -> folder(cpython.packages(), Optional.of(scripts)));
    try {
      return switch (arguments.words().getFirst()) {
        case "list" -> list(packagesOf(environment, target));
        case "remove" -> remove(packagesOf(environment, target), names);
        case "add" -> addForCpython(environment, target, needed(names), arguments);
        case String other ->
            throw new UsageException("'" + other + "' is none of add, list and remove");
      };
    } catch (Installation.FailedException e) {
      err.println("pulzar packages: " + e.getMessage());
      return 1;
    }
  }

  private static InstalledPackages packagesOf(VirtualEnvironment environment, Optional<Path> target)
      throws IOException, Installation.FailedException {
    return target.isPresent() ? new InstalledPackages(target.get()) : environment.packages();
  }

  private int addForCpython(
      VirtualEnvironment environment,
      Optional<Path> target,
      List<String> names,
      Arguments arguments)
      throws IOException, Installation.FailedException {
    for (String installed :
        environment.install(names, wheels(arguments), arguments.value("--index"), target)) {
      InstalledPackages.Installed one = VirtualEnvironment.told(installed);
      out.println("added " + one.name() + " " + one.version());
    }
    out.println("A running server finds it after a restart.");
    return 0;
  }

  private int list(InstalledPackages packages) throws IOException {
    packages.all().forEach(one -> out.println(one.name() + " " + one.version()));
    return 0;
  }

  private int remove(InstalledPackages packages, List<String> names) throws IOException {
    for (String name : needed(names)) {
      Optional<InstalledPackages.Installed> installed = packages.find(name);
      if (installed.isEmpty()) {
        err.println("pulzar packages: " + name + " is not installed here");
        return 1;
      }
      packages.remove(installed.get());
      out.println("removed " + installed.get().name() + " " + installed.get().version());
    }
    return 0;
  }

  private int add(
      Settings effective, InstalledPackages packages, List<String> names, Arguments arguments)
      throws IOException {
    Optional<Path> wheels = wheels(arguments);
    Path workspace = workspace(effective.get(ServerSettings.HOME));
    try (PythonRuntime runtime = python.apply(effective, workspace)) {
      new Installation(runtime, Files.createDirectory(workspace.resolve("pip")))
          .into(packages, names, wheels, arguments.value("--index"))
          .forEach(one -> out.println("added " + one.name() + " " + one.version()));
      out.println("Scripts that ran before on a running server find it after a restart.");
      return 0;
    } catch (Installation.FailedException e) {
      err.println("pulzar packages: " + e.getMessage());
      return 1;
    } finally {
      InstalledPackages.deleteTree(workspace);
    }
  }

  private static Optional<Path> wheels(Arguments arguments) {
    Optional<Path> wheels = arguments.value("--from").map(Path::of);
    if (wheels.isPresent() && !Files.isDirectory(wheels.get())) {
      throw new UsageException(
          "--from must name a folder of wheels, and " + wheels.get() + " is none");
    }
    return wheels;
  }

  private static Path workspace(Path home) throws IOException {
    return Files.createTempDirectory(
        Files.createDirectories(home.resolve("scratch")).toAbsolutePath(), "packages");
  }

  private static List<String> needed(List<String> names) {
    if (names.isEmpty()) {
      throw new UsageException("name at least one package");
    }
    return names;
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
