package io.pulzar.extensions;

import io.micronaut.http.body.ByteBody;
import io.pulzar.http.ApiException;
import io.pulzar.roles.OnMaster;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import io.pulzar.settings.SizeText;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Receives bodies into files; what a killed server left behind is deleted at the next start. */
@OnMaster
@Singleton
final class Uploads {

  private static final int CHUNK_BYTES = 64 * 1024;

  private final Path directory;
  private final long mostBytes;

  Uploads(Settings settings) throws IOException {
    this.directory = settings.get(ServerSettings.HOME).resolve("uploads");
    this.mostBytes = settings.get(ExtensionSettings.UPLOAD);
    Files.createDirectories(directory);
    try (Stream<Path> leftovers = Files.list(directory)) {
      leftovers.forEach(leftover -> new UploadedFile(leftover).close());
    }
  }

  /**
   * Writes the body to disk as it arrives.
   *
   * @throws ApiException 413 when it is longer than allowed, known beforehand or not; nothing is
   *     kept
   */
  UploadedFile receive(ByteBody body) throws IOException {
    if (body.expectedLength().orElse(0) > mostBytes) {
      throw tooLarge();
    }
    UploadedFile upload = new UploadedFile(Files.createTempFile(directory, "upload", ""));
    boolean whole = false;
    try (InputStream in = body.toInputStream();
        OutputStream out = Files.newOutputStream(upload.file())) {
      byte[] chunk = new byte[CHUNK_BYTES];
      long written = 0;
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        written += read;
        if (written > mostBytes) {
          throw tooLarge();
        }
        out.write(chunk, 0, read);
      }
      whole = true;
      return upload;
    } finally {
      if (!whole) {
        upload.close();
      }
    }
  }

  private ApiException tooLarge() {
    return ApiException.tooLarge(
        "body_too_large",
        "an upload may have "
            + SizeText.format(mostBytes)
            + " at most; send less, or raise "
            + ExtensionSettings.UPLOAD);
  }
}
