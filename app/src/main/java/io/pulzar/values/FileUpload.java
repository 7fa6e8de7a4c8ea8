package io.pulzar.values;

import io.pulzar.keys.ScratchFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A file of a script that becomes a value; it is read once. */
final class FileUpload implements UploadBody {

  private final ScratchFile file;

  FileUpload(ScratchFile file) {
    this.file = file;
  }

  /** Not known: the file may still be growing, and what is read counts. */
  @Override
  public OptionalLong announced() {
    return OptionalLong.empty();
  }

  @Override
  public CompletionStage<byte[]> whole() {
    try (InputStream bytes = stream()) {
      return CompletableFuture.completedStage(bytes.readAllBytes());
    } catch (IOException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  @Override
  public InputStream stream() {
    return file.stream();
  }
}
