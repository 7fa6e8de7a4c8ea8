package io.pulzar;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Another process with this one's class path, for what a test may not do to itself. */
public final class ChildJvm {

  private final Class<?> main;
  private final List<String> options = new ArrayList<>();
  private final List<String> before = new ArrayList<>();
  private Optional<Path> directory = Optional.empty();

  public ChildJvm(Class<?> main) {
    this.main = main;
  }

  /** An option of the JVM, such as {@code -Xmx64m}. */
  public ChildJvm option(String option) {
    options.add(option);
    return this;
  }

  /** A command that runs the rest of its line, such as {@code nice}. */
  public ChildJvm through(List<String> command) {
    before.addAll(command);
    return this;
  }

  /** Where it works. */
  public ChildJvm in(Path folder) {
    directory = Optional.of(folder);
    return this;
  }

  /** Starts it; its errors are in its output. */
  public Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--"))
        .forEach(command::add);
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    directory.ifPresent(folder -> builder.directory(folder.toFile()));
    return builder.start();
  }
}
