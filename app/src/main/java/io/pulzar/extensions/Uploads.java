package io.pulzar.extensions;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.body.ByteBody;
import io.pulzar.http.ApiException;
import io.pulzar.http.BodyText;
import io.pulzar.http.BrokenRequestException;
import io.pulzar.polyglot.LeftBehind;
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
import java.util.Locale;

/** Receives bodies into files; what a killed server left behind is deleted at the next start. */
@OnMaster
@Singleton
final class Uploads {

  private static final int CHUNK_BYTES = 64 * 1024;
  private static final String FORM = "multipart/form-data";

  private final Path directory;
  private final long mostBytes;

  Uploads(Settings settings) throws IOException {
    this.directory = settings.get(ServerSettings.HOME).resolve("uploads");
    this.mostBytes = settings.get(ExtensionSettings.UPLOAD);
    Files.createDirectories(directory);
    LeftBehind.clear(directory);
  }

  /**
   * Writes the body to disk as it arrives. A form's file is taken out of it; anything else is the
   * file itself.
   *
   * @throws ApiException 413 when it is longer than allowed, known beforehand or not; 400 when it
   *     breaks off or is a broken form; 415 when it is compressed; nothing is kept
   */
  UploadedFile receive(ServerHttpRequest<?> request) throws IOException {
    BodyText.requirePlain(request.getHeaders());
    ByteBody body = request.byteBody();
    if (body.expectedLength().orElse(0) > mostBytes) {
      throw tooLarge();
    }
    UploadedFile upload = new UploadedFile(Files.createTempDirectory(directory, "upload"));
    boolean whole = false;
    try (InputStream in = body.toInputStream()) {
      String type = request.getHeaders().get(HttpHeaders.CONTENT_TYPE);
      if (type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM)) {
        receiveForm(in, type, upload);
      } else {
        receiveFile(in, upload);
      }
      whole = true;
      return upload;
    } finally {
      if (!whole) {
        upload.close();
      }
    }
  }

  private void receiveFile(InputStream in, UploadedFile upload) throws IOException {
    Path file = upload.directory().resolve("upload");
    try (OutputStream out = Files.newOutputStream(file)) {
      receive(in, (bytes, length) -> out.write(bytes, 0, length));
    }
    upload.file(file);
  }

  private void receiveForm(InputStream in, String type, UploadedFile upload) throws IOException {
    try (FormUpload form = new FormUpload(upload, type)) {
      receive(in, form::take);
      form.complete();
    }
  }

  private void receive(InputStream in, Taking taking) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    long written = 0;
    for (int read = read(in, chunk); read >= 0; read = read(in, chunk)) {
      written += read;
      if (written > mostBytes) {
        throw tooLarge();
      }
      taking.take(chunk, read);
    }
  }

  private static int read(InputStream in, byte[] chunk) {
    try {
      return in.read(chunk);
    } catch (IOException e) {
      throw BrokenRequestException.refusal(e);
    }
  }

  /** Who gets the next bytes. */
  @FunctionalInterface
  private interface Taking {
    void take(byte[] bytes, int length) throws IOException;
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
