package io.pulzar.polyglot.runtimeimage;

import io.pulzar.polyglot.pool.ImageLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The worker's own classes in a jar of their own, so that a change of the pool does not make the
 * recorded ahead-of-time cache worthless. The same classes make the same bytes.
 */
final class WorkerJar {

  static final String NAME = "worker.jar";

  /** What a worker needs; of {@code io.pulzar.polyglot} itself the records on the wire. */
  private static final List<String> NOT_FOR_WORKERS =
      List.of(folderOf(ImageLayout.class), folderOf(WorkerJar.class));

  private WorkerJar() {}

  private static String folderOf(Class<?> type) {
    return type.getPackageName().replace('.', '/') + "/";
  }

  /** Whether this part of the class path is where our own classes are. */
  static boolean isOwn(Path part) {
    return part.toAbsolutePath().equals(own());
  }

  /** Writes the jar, or leaves it alone when it would not change. */
  static void write(Path jar) throws IOException {
    byte[] bytes = Files.isDirectory(own()) ? pack(own()) : repack();
    if (Files.notExists(jar) || !Arrays.equals(Files.readAllBytes(jar), bytes)) {
      Files.createDirectories(jar.getParent());
      Files.write(jar, bytes);
    }
  }

  private static byte[] repack() throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + own().toUri()), Map.of())) {
      return pack(zip.getPath("/"));
    }
  }

  private static byte[] pack(Path root) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = root.relativize(file).toString().replace('\\', '/');
        if (name.startsWith("io/pulzar/") && NOT_FOR_WORKERS.stream().noneMatch(name::startsWith)) {
          ZipEntry entry = new ZipEntry(name);
          entry.setTime(0);
          zip.putNextEntry(entry);
          zip.write(Files.readAllBytes(file));
          zip.closeEntry();
        }
      }
    }
    return bytes.toByteArray();
  }

  private static Path own() {
    try {
      return Path.of(WorkerJar.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("our own classes have no place", e);
    }
  }
}
