package io.pulzar.polyglot.runtimeimage;

import io.pulzar.polyglot.host.NativeLibraries;
import io.pulzar.polyglot.pool.ImageLayout;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Our own classes in jars that change only when what is in them does. The same classes make the
 * same bytes, so a change of the pool does not make the recorded ahead-of-time cache worthless.
 *
 * @param name of the jar
 * @param parts of the class path whose classes are in it
 * @param wanted which of them, told by the name in the jar
 */
record OwnJar(String name, List<Path> parts, Predicate<String> wanted) {

  private static final Path POOL = partOf(ImageLayout.class);
  private static final Path WORKER = partOf(NativeLibraries.class);
  private static final Path IMAGE = partOf(OwnJar.class);

  /** What a worker needs; of the pool's module the wire, the wall and the records on the wire. */
  static OwnJar worker() {
    String pool = ImageLayout.class.getPackageName().replace('.', '/') + "/";
    return new OwnJar("worker.jar", List.of(POOL, WORKER), name -> !name.startsWith(pool));
  }

  /** What records the ahead-of-time cache where a release was installed. */
  static OwnJar recorder() {
    return new OwnJar("recorder.jar", List.of(IMAGE), _ -> true);
  }

  /** Whether our own classes are in this part of the class path. */
  static boolean isOwn(Path part) {
    return List.of(POOL, WORKER, IMAGE).contains(part.toAbsolutePath());
  }

  /** Writes the jar, or leaves it alone when it would not change. */
  Path writeTo(Path directory) throws IOException {
    ReproducibleJar jar = new ReproducibleJar();
    for (Path part : parts) {
      if (Files.isDirectory(part)) {
        add(part, jar);
      } else {
        URI packed = URI.create("jar:" + part.toUri());
        try (FileSystem files = FileSystems.newFileSystem(packed, Map.of())) {
          add(files.getPath("/"), jar);
        }
      }
    }
    return jar.writeTo(directory.resolve(name));
  }

  private void add(Path root, ReproducibleJar jar) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String entry = root.relativize(file).toString().replace('\\', '/');
        if (entry.startsWith("io/pulzar/") && wanted.test(entry)) {
          jar.add(entry, Files.readAllBytes(file));
        }
      }
    }
  }

  private static Path partOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("our own classes have no place", e);
    }
  }
}
