package io.pulzar.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.pulzar.Await;
import io.pulzar.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server as a process of its own, whose console and file are read. */
@Tag("slow")
final class LogsIT {

  @TempDir private Path home;

  @Test
  void everyLineIsOneObjectAndThoseAboutARunNameIt() throws Exception {
    int port = ServerProcess.freePort();
    Path file = home.resolve("log/pulzar.log");
    try (ServerProcess server =
            ServerProcess.start(
                    home.resolve("home"),
                    "--port",
                    Integer.toString(port),
                    "--node-port",
                    "0",
                    "--set",
                    "pulzar.log.format=json",
                    "--set",
                    "pulzar.log.levels=io.pulzar.runner=debug",
                    "--set",
                    "pulzar.log.dir=" + file.getParent())
                .awaitReady();
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest launch =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + port + "/launch_job/example/factorial?wait=60s"))
              .POST(BodyPublishers.ofString("{\"number\": 5}"))
              .build();
      assertThat(client.send(launch, BodyHandlers.ofString()).body()).contains("120");
      Await.until("the run's line is there", () -> read(file).contains("\"job\":\"1\""));
      List<String> lines = Files.readAllLines(file);
      for (String line : lines) {
        assertThat(parsed(line)).as(line).containsKeys("timestamp", "level", "logger", "message");
      }
      assertThat(lines.stream().filter(line -> line.contains("\"job\":\"1\"")).map(this::parsed))
          .isNotEmpty()
          .allMatch(line -> "example/factorial".equals(line.get("script")));
      assertThat(server.log()).contains(lines.getLast());
    }
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Object> parsed(String line) {
    try {
      return Objects.requireNonNull(
          JsonMapper.createDefault().readValue(line, Argument.mapOf(String.class, Object.class)));
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }
}
