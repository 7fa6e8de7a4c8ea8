package io.pulzar.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pulzar.Await;
import io.pulzar.RawHttp;
import io.pulzar.TestServer;
import io.pulzar.jobs.ScriptedPython;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk of 24 MiB runs full. The test mounts it, which only root may; elsewhere it is skipped, and
 * {@code KilledWriterTest} shows the same for the storage below.
 */
final class FullDiskTest {

  private static final int LARGE = 300_000;
  private static final int SMALL = 30_000;

  /** Twice as much as there is on the disk. */
  private static final int HUGE = 96 << 20;

  @TempDir Path directory;
  private boolean mounted;

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    mounted = run("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", directory.toString());
    assumeTrue(mounted, "only root can mount the small disk that this test fills");
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (mounted) {
      assertThat(run("umount", directory.toString())).isTrue();
    }
  }

  @Test
  void aFullDiskRefusesWritesServesReadsAndRecovers() {
    List<String> kept = new ArrayList<>();
    try (TestServer server = start()) {
      fill(server, LARGE, kept);
      fill(server, SMALL, kept);
      assertThat(kept).hasSizeGreaterThan(20);
      kept.forEach(key -> assertThat(get(server, key)).isEqualTo(value(key)));
      List<String> gone = List.copyOf(kept.subList(0, kept.size() / 2));
      for (String key : gone) {
        HttpResponse<String> answer = server.send("DELETE", server.master("/delete_key" + key), "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      }
      kept.removeAll(gone);
      Await.until("writes work again", () -> put(server, "/again", LARGE).statusCode() == 201);
      kept.add("/again");
    }
    try (TestServer server = start()) {
      kept.forEach(key -> assertThat(get(server, key)).isEqualTo(value(key)));
      assertThat(put(server, "/after-restart", SMALL).statusCode()).isEqualTo(201);
      assertNothingIsWrong(server);
    }
  }

  @Test
  void anUploadIsRefusedAsSoonAsTheDiskIsFullAndLeavesNothing() throws IOException {
    Path extensions = Files.createDirectories(directory.resolve("extensions"));
    Files.writeString(extensions.resolve("one.py"), "class One:\n    pass\n");
    try (TestServer server = start()) {
      long before = directory.toFile().getUsableSpace();
      for (int round = 0; round < 3; round++) {
        assertThat(upload(server.node("/add_key/huge"))).startsWith("HTTP/1.1 507");
        assertThat(upload(server.master("/extension/one"))).startsWith("HTTP/1.1 507");
        Await.until(
            "there is room again", () -> directory.toFile().getUsableSpace() > before - 4 * LARGE);
      }
      assertThat(server.send("GET", server.node("/get_key/huge"), "").statusCode()).isEqualTo(404);
      assertThat(put(server, "/small", SMALL).statusCode()).isEqualTo(201);
    }
  }

  /** Sends more than there is room for, until the server answers. */
  private static String upload(URI url) throws IOException {
    try (Socket socket = RawHttp.open(url)) {
      socket
          .getOutputStream()
          .write(
              "PUT %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
                  .formatted(url.getPath(), HUGE)
                  .getBytes(StandardCharsets.US_ASCII));
      byte[] piece = new byte[64 << 10];
      try {
        for (int sent = 0; sent < HUGE / 2 + LARGE; sent += piece.length) {
          socket.getOutputStream().write(piece);
        }
      } catch (SocketException refused) {
        // The answer was sent before, or is lost with the connection.
        return RawHttp.readAll(socket);
      }
      return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    }
  }

  /** Writes until it is refused. */
  private static void fill(TestServer server, int size, List<String> kept) {
    for (int number = 0; number < 10_000; number++) {
      String key = "/" + size + "/" + number;
      HttpResponse<String> answer = put(server, key, size);
      if (answer.statusCode() == 507) {
        assertThat(answer.body()).contains("disk_full");
        assertThat(server.send("GET", server.node("/get_key" + key), "").statusCode())
            .isEqualTo(404);
        return;
      }
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
      kept.add(key);
    }
    throw new AssertionError("the disk never ran full");
  }

  private TestServer start() {
    TestServer server =
        TestServer.in(directory)
            .python(() -> new ScriptedPython(1))
            .set("pulzar.general.maxsize", "200")
            .set("pulzar.extensions.upload", "200MB")
            .start();
    Await.until(
        "the node reports to the master",
        () -> server.send("GET", server.master("/get_node/any"), "").statusCode() == 200);
    return server;
  }

  private static HttpResponse<String> put(TestServer server, String key, int size) {
    return server.send("PUT", server.node("/add_key" + key), value(key, size));
  }

  private static String get(TestServer server, String key) {
    HttpResponse<String> answer = server.send("GET", server.node("/get_key" + key), "");
    assertThat(answer.statusCode()).as(key).isEqualTo(200);
    return answer.body();
  }

  private static String value(String key) {
    return value(key, key.equals("/again") ? LARGE : Integer.parseInt(key.split("/", -1)[1]));
  }

  private static String value(String key, int size) {
    return (key + " ").repeat(size / (key.length() + 1));
  }

  private static void assertNothingIsWrong(TestServer server) {
    assertThat(server.send("POST", server.master("/admin/check?fix=true"), "").statusCode())
        .isEqualTo(200);
    Await.until("the check ends", () -> !state(server).contains("\"running\""));
    for (String kind : List.of("damaged", "lost", "unlisted", "outdated", "different")) {
      assertThat(state(server)).contains("\"" + kind + "\":{\"count\":0");
    }
    assertThat(state(server)).contains("\"files\":0");
  }

  private static String state(TestServer server) {
    return server.send("GET", server.master("/admin/check"), "").body();
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    if (!Files.exists(Path.of("/bin", command[0]))) {
      return false;
    }
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }
}
