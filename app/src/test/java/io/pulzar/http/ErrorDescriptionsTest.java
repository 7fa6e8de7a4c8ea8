package io.pulzar.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpRequest;
import java.io.EOFException;
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

  private String code(String message) {
    return descriptions
        .describe(
            HttpRequest.POST("/launch_job/a/b", "{}"),
            new CompletionException(new EOFException(message)))
        .code();
  }
}
