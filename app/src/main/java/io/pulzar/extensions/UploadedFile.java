package io.pulzar.extensions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request's body as a file that lives as long as the call, in a directory of its own. */
final class UploadedFile implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(UploadedFile.class);

  private final Path directory;
  private final Map<String, List<String>> fields = new LinkedHashMap<>();
  private Optional<Path> file = Optional.empty();

  /**
   * @param directory exists, and has nothing else in it
   */
  UploadedFile(Path directory) {
    this.directory = directory;
  }

  Path directory() {
    return directory;
  }

  /** The uploaded file; none when a form had none. */
  Optional<Path> file() {
    return file;
  }

  /** What a form had besides its file. */
  Map<String, List<String>> fields() {
    return fields;
  }

  void file(Path received) {
    file = Optional.of(received);
  }

  void field(String name, String value) {
    fields.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
  }

  @Override
  public void close() {
    String[] names = directory.toFile().list();
    if (names != null) {
      for (String name : names) {
        delete(directory.resolve(name));
      }
    }
    delete(directory);
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (NoSuchFileException e) {
      LOG.debug("{} is gone already", path.getFileName(), e);
    } catch (IOException e) {
      LOG.warn(
          "the upload {} can't be deleted: {}", path.getFileName(), e.getClass().getSimpleName());
    }
  }
}
