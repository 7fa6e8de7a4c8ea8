package io.pulzar.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpRequest;
import java.io.EOFException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What counts as a failure of the server, and what does not. */
final class ErrorDescriptionsTest {

  private final AtomicInteger incidents = new AtomicInteger();
  private final ErrorDescriptions descriptions = new ErrorDescriptions(incidents::incrementAndGet);

  @Test
  void aClientThatGoesAwayInTheMiddleOfItsBodyIsNoIncident() {
    assertThat(code("Connection closed before full body was received"))
        .isEqualTo("body_incomplete");
    assertThat(incidents).hasValue(0);
  }

  @Test
  void aFileThatEndsTooEarlyIsOne() {
    assertThat(code("the file ended")).isEqualTo("internal_error");
    assertThat(incidents).hasValue(1);
  }

  @Test
  void aFullDiskIsToldAsThatWhateverWroteToIt() {
    for (String words : List.of("No space left on device", "Disk quota exceeded")) {
      ApiException told =
          descriptions.describe(
              HttpRequest.POST("/extension/ocr", ""),
              new UncheckedIOException(new FileSystemException("upload", null, words)));
      assertThat(told.status()).isEqualTo(507);
      assertThat(told.getMessage()).doesNotContain("upload");
    }
    assertThat(incidents).hasValue(0);
  }

  private String code(String message) {
    return descriptions
        .describe(
            HttpRequest.POST("/launch_job/a/b", "{}"),
            new CompletionException(new EOFException(message)))
        .code();
  }
}
