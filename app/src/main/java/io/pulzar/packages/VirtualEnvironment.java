package io.pulzar.packages;

import io.pulzar.packages.Installation.FailedException;
import io.pulzar.packages.InstalledPackages.Installed;
import io.pulzar.settings.BadSettingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Packages for scripts in the host's CPython: a virtual environment in the home that sees the
 * host's packages too. Its own pip installs them, as the person who types the command: not in a
 * sandbox, because wheels with native code belong to the machine.
 */
final class VirtualEnvironment {

  /** How it says what it did, in its last line. */
  private static final Pattern INSTALLED = Pattern.compile("Successfully installed (.*)");

  private final Path directory;
  private final Path program;

  /**
   * A virtual environment, which need not exist.
   *
   * @param program the Python that makes it
   */
  VirtualEnvironment(Path directory, Path program) {
    this.directory = directory.toAbsolutePath().normalize();
    this.program = program;
  }

  /** What is installed for all scripts; the host's own packages are not among it. */
  InstalledPackages packages() throws IOException, FailedException {
    if (!exists()) {
      return new InstalledPackages(directory.resolve("nothing"));
    }
    String site =
        run(
            List.of(
                python(), "-I", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"));
    return new InstalledPackages(Path.of(site.strip()));
  }

  /**
   * Installs packages and what they need, from wheels or from source.
   *
   * @param folder is searched instead of an index
   * @param index the URL of an index, instead of PyPI
   * @param target a folder of their own instead of the environment
   * @return the names with their versions, as pip writes them
   */
  List<String> install(
      List<String> names, Optional<Path> folder, Optional<String> index, Optional<Path> target)
      throws IOException, FailedException {
    make();
    List<String> command =
        new ArrayList<>(
            List.of(python(), "-I", "-m", "pip", "install", "--disable-pip-version-check"));
    folder.ifPresent(
        path -> command.addAll(List.of("--no-index", "--find-links", path.toString())));
    index.ifPresent(url -> command.addAll(List.of("--index-url", url)));
    target.ifPresent(path -> command.addAll(List.of("--upgrade", "--target", path.toString())));
    command.add("--");
    command.addAll(names);
    Matcher done = INSTALLED.matcher(run(command));
    return done.find() ? List.of(done.group(1).strip().split(" ", -1)) : List.of();
  }

  private void make() throws IOException, FailedException {
    if (exists()) {
      return;
    }
    Files.createDirectories(directory.getParent());
    try {
      run(
          List.of(
              program.toString(),
              "-I",
              "-m",
              "venv",
              "--system-site-packages",
              directory.toString()));
    } catch (FailedException e) {
      throw new FailedException(
          "the virtual environment can't be made; on Debian: apt install python3-venv. "
              + e.getMessage());
    }
  }

  private boolean exists() {
    return Files.isExecutable(Path.of(python())) && Files.isExecutable(pip());
  }

  private String python() {
    return directory.resolve("bin").resolve("python3").toString();
  }

  /** Missing when an earlier attempt broke off. */
  private Path pip() {
    return directory.resolve("bin").resolve("pip");
  }

  private static String run(List<String> command) throws IOException, FailedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new BadSettingException(
          command.getFirst()
              + " can't be started: install Python 3.9 or newer (Debian: apt install python3),"
              + " or name one with pulzar.cpython.program");
    }
    process.getOutputStream().close();
    String said;
    try (InputStream output = process.getInputStream()) {
      said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
    }
    try {
      if (process.waitFor() != 0) {
        throw new FailedException(said.strip());
      }
      return said;
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** What {@code name-1.0} says, as the command tells it. */
  static Installed told(String installed) {
    int dash = installed.lastIndexOf('-');
    return new Installed(installed.substring(0, dash), installed.substring(dash + 1), Path.of(""));
  }
}
