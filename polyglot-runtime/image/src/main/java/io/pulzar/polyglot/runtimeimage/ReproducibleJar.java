package io.pulzar.polyglot.runtimeimage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A jar in the making. The same entries make the same bytes, and the same bytes the same file. */
final class ReproducibleJar {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ZipOutputStream zip = new ZipOutputStream(bytes);

  void add(String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  /**
   * Ends the jar. A file that would not change is left alone: the ahead-of-time cache is refused
   * when its time changed.
   */
  Path writeTo(Path file) throws IOException {
    zip.close();
    if (Files.notExists(file) || !Arrays.equals(Files.readAllBytes(file), bytes.toByteArray())) {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes.toByteArray());
    }
    return file;
  }
}
