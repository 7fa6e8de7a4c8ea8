package io.pulzar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.settings.BadSettingException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A home that a program without formats and checksums left, killed while it served: three small
 * keys and a large one, two jobs that completed, a schedule.
 */
final class FirstRoundHomeTest {

  @TempDir private Path directory;

  @BeforeEach
  void unpack() throws IOException {
    try (InputStream resource = FirstRoundHomeTest.class.getResourceAsStream("first-round.zip");
        ZipInputStream zip = new ZipInputStream(java.util.Objects.requireNonNull(resource))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = directory.resolve("home").resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          Files.copy(zip, file);
        }
      }
    }
  }

  @Test
  void itIsTakenOverWithAllThatItHolds() {
    for (int start = 0; start < 2; start++) {
      try (TestServer server = TestServer.in(directory).start()) {
        for (int key = 1; key <= 3; key++) {
          String path = "/get_key/old/k" + key + ".txt";
          Await.until("the node is back", () -> get(server, path).statusCode() == 307);
          assertThat(server.send("GET", server.node(path), "").body()).isEqualTo("value " + key);
        }
        assertThat(server.send("GET", server.node("/get_key/old/big.bin"), "").statusCode())
            .isEqualTo(200);
        assertThat(get(server, "/admin/jobs/1").body()).contains("completed", "iterative: 120");
        assertThat(get(server, "/admin/jobs/2").body()).contains("completed");
        assertThat(get(server, "/admin/scheduled_jobs/1").body()).contains("scheduled");
      }
    }
    assertThat(directory.resolve("home").resolve(HomeFormat.FILE)).content().startsWith("2\n");
  }

  @Test
  void aHomeOfANewerProgramIsRefused() throws IOException {
    Files.write(directory.resolve("home").resolve(HomeFormat.FILE), List.of("3", "2099.01.01"));
    assertThatThrownBy(() -> TestServer.in(directory).start())
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("newer Pulzar (2099.01.01)")
        .hasMessageContaining("use that version");
  }

  private static HttpResponse<String> get(TestServer server, String path) {
    return server.send("GET", server.master(path), "");
  }
}
