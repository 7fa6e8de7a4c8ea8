package io.pulzar.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.ChildJvm;
import io.pulzar.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server loads that sends no spans. */
@Tag("slow")
final class LoadedClassesTest {

  private static final String OF_OPENTELEMETRY = "io.opentelemetry.";

  @TempDir private Path directory;

  /** Starts a server in {@code arguments[0]} that sends spans to {@code arguments[1]}. */
  public static final class Started {

    private Started() {}

    public static void main(String[] arguments) {
      TestServer.in(Path.of(arguments[0]))
          .set("pulzar.tracing.endpoint", arguments[1])
          .start()
          .close();
    }
  }

  private String loaded(String endpoint) throws IOException {
    Process server =
        new ChildJvm(Started.class)
            .option("-Xlog:class+load")
            .start(directory.toString(), endpoint);
    return new String(server.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void withoutAnEndpointNothingOfOpenTelemetryIsLoaded() throws IOException {
    assertThat(loaded("").contains(OF_OPENTELEMETRY)).isFalse();
    assertThat(loaded("http://127.0.0.1:1"))
        .contains(OF_OPENTELEMETRY, OtlpTracing.class.getName());
  }
}
