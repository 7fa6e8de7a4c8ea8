package io.pulzar.extensions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request's body as a file that lives as long as the call. */
final class UploadedFile implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(UploadedFile.class);

  private final Path file;

  UploadedFile(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  @Override
  public void close() {
    try {
      Files.delete(file);
    } catch (NoSuchFileException e) {
      LOG.debug("the upload {} is gone already", file, e);
    } catch (IOException e) {
      LOG.warn("the upload {} can't be deleted: {}", file, e.toString());
    }
  }
}
