package io.pulzar.values;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A file of this machine that becomes a value. */
final class FileUpload implements UploadBody {

  private final Path file;

  FileUpload(Path file) {
    this.file = file;
  }

  /** Not known: the file may still be growing, and what is read counts. */
  @Override
  public OptionalLong announced() {
    return OptionalLong.empty();
  }

  @Override
  public CompletionStage<byte[]> whole() {
    try {
      return CompletableFuture.completedStage(Files.readAllBytes(file));
    } catch (IOException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  @Override
  public InputStream stream() {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file.getFileName(), e);
    }
  }
}
