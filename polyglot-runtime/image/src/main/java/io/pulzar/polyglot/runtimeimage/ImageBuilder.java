package io.pulzar.polyglot.runtimeimage;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.NativeLibraries;
import io.pulzar.polyglot.pool.ImageLayout;
import io.pulzar.polyglot.pool.WorkerCommand;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Makes a runtime image, or brings one up to date. */
public final class ImageBuilder {

  /** What the compiler requires as modules, and is on the class path otherwise. */
  private static final List<String> COMPILER_REQUIRES =
      List.of("word-", "collections-", "truffle-compiler-");

  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

  private final ImageLayout image;
  private final Stamps stamps;

  private ImageBuilder(ImageLayout image) throws IOException {
    this.image = image;
    Files.createDirectories(image.directory());
    this.stamps = new Stamps(image.directory().resolve("stamps.properties"));
  }

  /**
   * Builds from the class path that it is itself called with.
   *
   * @param arguments the directory of the image, the jar of the Graal compiler, the library that
   *     scripts import, and {@code true} to record the ahead-of-time cache
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 5) {
      throw new IllegalArgumentException("usage: IMAGE COMPILER_JAR PYTHON_LIB JYTHON true|false");
    }
    ImageBuilder builder =
        new ImageBuilder(new ImageLayout(Path.of(arguments[0]).toAbsolutePath().normalize()));
    builder.copyJars(Path.of(arguments[1]));
    copyExactly(List.of(Path.of(arguments[3])), builder.image.python2());
    builder.linkRuntime();
    builder.unpackNatives();
    builder.prepareLibraries(Path.of(arguments[2]).toAbsolutePath().normalize());
    builder.record(Boolean.parseBoolean(arguments[4]));
  }

  private void copyJars(Path compilerJar) throws IOException {
    List<Path> worker = new ArrayList<>();
    List<Path> compiler = new ArrayList<>(List.of(compilerJar));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path jar = Path.of(entry);
      String name = jar.getFileName().toString();
      if (name.endsWith(".jar") && !OwnJar.isOwn(jar)) {
        (COMPILER_REQUIRES.stream().anyMatch(name::startsWith) ? compiler : worker).add(jar);
      }
    }
    copyExactly(compiler, image.compiler());
    worker.add(OwnJar.worker().writeTo(image.lib()));
    worker.add(GraalPyPatches.writeTo(image.lib()));
    OwnJar.recorder().writeTo(image.directory());
    copyExactly(worker, image.lib());
  }

  private void linkRuntime() throws IOException {
    stamps.step(
        "runtime",
        Stamps.of(JAVA_HOME.resolve("release")) + JavaRuntime.MODULES.hashCode(),
        image.runtime(),
        () -> JavaRuntime.link(JAVA_HOME, image.runtime()));
  }

  /** A worker could unpack them itself, which takes seconds of its first call. */
  private void unpackNatives() throws IOException {
    stamps.step(
        "natives",
        NativeLibraries.VERSION,
        image.natives(),
        () -> {
          FileTree.delete(image.natives());
          try {
            NativeLibraries libraries = NativeLibraries.in(image.natives());
            libraries.opencv();
            libraries.tesseract();
            libraries.languages();
            libraries.sqlite();
          } catch (HostCallException unavailable) {
            System.err.println("image: " + unavailable.getMessage());
          }
        });
  }

  private void prepareLibraries(Path pythonLib) throws IOException {
    PythonFiles python = new PythonFiles(image);
    stamps.step("python", jarStamp("python-resources-"), image.python(), python::extractHome);
    stamps.step(
        "python-lib", Stamps.of(pythonLib), image.pythonLib(), () -> python.copyLibrary(pythonLib));
  }

  private void record(boolean wanted) throws IOException {
    String stamp =
        Stamps.of(image.lib())
            + Stamps.of(image.compiler())
            + Stamps.of(JAVA_HOME.resolve("release"))
            + WorkerCommand.stamp();
    if (wanted) {
      stamps.step("recording", stamp, image.aotCache(), () -> AotRecording.make(image));
    } else if (!stamps.isCurrent("recording", stamp)) {
      // Java would refuse the old one with a warning whenever a worker starts.
      Files.deleteIfExists(image.aotCache());
    }
  }

  private String jarStamp(String prefix) throws IOException {
    try (Stream<Path> jars = Files.list(image.lib())) {
      return jars.map(jar -> jar.getFileName().toString())
          .filter(name -> name.startsWith(prefix))
          .findFirst()
          .orElseThrow(() -> new IOException("no jar " + prefix + "* on the class path"));
    }
  }

  /** Leaves unchanged files alone: the ahead-of-time cache is refused when their time changed. */
  private static void copyExactly(List<Path> files, Path directory) throws IOException {
    Files.createDirectories(directory);
    List<Path> targets = new ArrayList<>();
    for (Path file : files) {
      Path target = directory.resolve(file.getFileName().toString());
      targets.add(target);
      if (Files.notExists(target) || Files.size(target) != Files.size(file)) {
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    try (Stream<Path> present = Files.list(directory)) {
      for (Path stranger : present.filter(file -> !targets.contains(file)).toList()) {
        Files.delete(stranger);
      }
    }
  }
}
