package io.pulzar.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.TestServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job whose data can't be given to it ends, like one whose script fails. */
class DamagedDataTest {

  private static final int SIZE = 300_001;

  @TempDir private Path directory;

  @Test
  void aJobWhoseDataIsDamagedFailsSaysSoAndKeepsNoSlot() throws IOException {
    Path jobs = Files.createDirectories(directory.resolve("jobs").resolve("a"));
    Files.writeString(jobs.resolve("fine.py"), "class Fine:\n    def execute(self):\n        1\n");
    try (TestServer server = TestServer.in(directory).python(() -> new ScriptedPython(1)).start()) {
      Await.until(
          "a value can be stored",
          () ->
              server
                      .send("PUT", server.node("/add_key/large?url=master"), "x".repeat(SIZE))
                      .statusCode()
                  == 201);
      damage();
      assertThat(launch(server, "{\"pulzar_data\": \"/large\"}"))
          .contains("\"state\":\"failed\"", "the value of /large is damaged");
      assertThat(launch(server, "{}")).contains("\"state\":\"completed\"");
    }
  }

  private static String launch(TestServer server, String parameters) {
    return server.send("POST", server.master("/launch_job/a/fine?wait=30s"), parameters).body();
  }

  private void damage() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(file -> file.toFile().length() == SIZE).toList()) {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
          bytes.seek(SIZE / 2);
          bytes.write('y');
        }
      }
    }
  }
}
