package io.pulzar.polyglot.pool;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is in the directory of the runtime image, and how Java is to be called for it.
 *
 * <ul>
 *   <li>{@code lib}: the jars of a worker
 *   <li>{@code python}: the home of Python, with its standard library
 *   <li>{@code python-lib}: the library that scripts import
 *   <li>{@code resources}: what the engine would otherwise unpack into the user's home
 *   <li>{@code compiler}: the jars of the Graal compiler, when the build could get them
 *   <li>{@code runtime}: a Java runtime that takes this compiler, when the build could link it
 *   <li>{@code python2}: Jython, for scripts of Python 2
 *   <li>{@code natives}: the native libraries for images, when there are any for this machine
 *   <li>{@code worker.aot}: classes and profiles of a recorded run, when it was recorded
 * </ul>
 */
public record ImageLayout(Path directory) {

  /**
   * How a worker compiles what it runs; the figures are in {@code
   * docs/decisions/0014-how-workers-compile.md}.
   *
   * <p>Scripts are compiled by Graal, which is Java itself and cold at first. Its own code, and
   * what else the worker has of Java, gets the quick compiler only: the thorough one would keep a
   * processor busy for minutes and use a quarter more memory. With two threads a large function
   * does not hold up the small ones. A short queue does not lower the thresholds, or a start would
   * compile what it never needs again; nor are the two functions of the import system worth it,
   * which are large and hot only while modules are imported ahead, and what takes a context's
   * snapshot, once, in {@code _pulzar/snapshot.py}.
   */
  static final List<String> COMPILING =
      List.of(
          "-XX:+UnlockExperimentalVMOptions",
          "-XX:+EnableJVMCI",
          "-XX:TieredStopAtLevel=1",
          "-Dpolyglot.engine.CompilerThreads=2",
          "-Dpolyglot.engine.FirstTierCompilationThreshold=1000",
          "-Dpolyglot.engine.DynamicCompilationThresholdsMinScale=1",
          "-Dpolyglot.engine.CompileOnly=~_find_and_load_unlocked,~find_spec,~uncompiled_");

  public Path lib() {
    return directory.resolve("lib");
  }

  public Path python() {
    return directory.resolve("python");
  }

  public Path pythonLib() {
    return directory.resolve("python-lib");
  }

  public Path resources() {
    return directory.resolve("resources");
  }

  public Path compiler() {
    return directory.resolve("compiler");
  }

  public Path runtime() {
    return directory.resolve("runtime");
  }

  public Path natives() {
    return directory.resolve("natives");
  }

  public Path python2() {
    return directory.resolve("python2");
  }

  public Path aotCache() {
    return directory.resolve("worker.aot");
  }

  /**
   * The Java command up to the class path, in a list that can be added to.
   *
   * <p>With the image's own runtime, which has no compiler, the compiler is a module like any
   * other, and archives of classes work. With another Java it takes the place of that one's
   * compiler, which switches archives off. Without the compiler scripts are interpreted.
   *
   * @param fallback the Java home to use when the image has none
   */
  List<String> java(Path fallback) throws IOException {
    if (!Files.isDirectory(lib()) || !Files.isDirectory(python())) {
      throw new NoSuchFileException(
          directory.toString(), null, "there is no Python runtime image here; build Pulzar first");
    }
    boolean linked = Files.isExecutable(javaOf(runtime()));
    List<String> command = new ArrayList<>();
    command.add(javaOf(linked ? runtime() : fallback).toString());
    List<Path> compilerJars = jars(compiler());
    if (linked && !compilerJars.isEmpty()) {
      command.addAll(COMPILING);
      command.addAll(List.of("--module-path", joined(compilerJars)));
      command.addAll(List.of("--add-modules", "jdk.graal.compiler"));
    } else if (!compilerJars.isEmpty() && takesCompiler(fallback)) {
      command.addAll(COMPILING);
      command.add("--upgrade-module-path=" + joined(compilerJars));
    } else {
      command.add("-Dpolyglot.engine.WarnInterpreterOnly=false");
    }
    if (Files.isDirectory(resources())) {
      command.add("-Dpolyglot.engine.resourcePath=" + resources());
    }
    command.addAll(List.of("-cp", joined(jars(lib()))));
    return command;
  }

  /** The compiler fits one version of Java, and one that has the interface for it. */
  private static boolean takesCompiler(Path javaHome) throws IOException {
    Path release = javaHome.resolve("release");
    if (!Files.exists(release)) {
      return false;
    }
    String facts = Files.readString(release);
    return facts.contains("JAVA_VERSION=\"25") && facts.contains(" jdk.internal.vm.ci");
  }

  private static Path javaOf(Path home) {
    return home.resolve("bin").resolve("java");
  }

  private static List<Path> jars(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private static String joined(List<Path> paths) {
    return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
