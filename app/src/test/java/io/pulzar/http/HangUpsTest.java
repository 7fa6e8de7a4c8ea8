package io.pulzar.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.pulzar.Await;
import io.pulzar.RawHttp;
import io.pulzar.TestServer;
import io.pulzar.jobs.ScriptedPython;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Clients that go away in the middle of a request or of its answer. */
class HangUpsTest {

  private static final String HEAD = " HTTP/1.1\r\nHost: localhost\r\n";
  private static final String LARGE = "0123456789abcdef".repeat(500_000);

  @TempDir Path directory;

  @Test
  void aClientThatHangsUpIsNoErrorAndLeavesNothing() throws IOException {
    Path extensions = Files.createDirectories(directory.resolve("extensions"));
    Files.writeString(extensions.resolve("one.py"), "class One:\n    pass\n");
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> told = new ListAppender<>();
    told.start();
    try (TestServer server =
        TestServer.in(directory)
            .set("pulzar.extensions.dir", extensions.toString())
            .set("pulzar.general.maxsize", "100")
            .python(() -> new ScriptedPython(1))
            .start()) {
      Await.until(
          "a value can be stored",
          () ->
              server.send("PUT", server.node("/add_key/large?url=master"), LARGE).statusCode()
                  == 201);
      root.addAppender(told);
      for (boolean reset : List.of(false, true)) {
        hangUpInRequests(server, reset);
        hangUpInAnswers(server, reset);
      }
      Await.until(
          "nothing of the uploads is left", () -> isEmpty(directory.resolve("home/uploads")));
      assertThat(server.send("GET", server.master("/get_key/cut"), "").statusCode()).isEqualTo(404);
      assertThat(server.send("GET", server.node("/get_key/large"), "").body()).isEqualTo(LARGE);
    } finally {
      root.detachAppender(told);
    }
    assertThat(told.list)
        .filteredOn(line -> line.getLevel() == Level.ERROR || line.getThrowableProxy() != null)
        .as(() -> traces(told.list))
        .isEmpty();
  }

  private static String traces(List<ILoggingEvent> events) {
    return events.stream()
        .map(ILoggingEvent::getThrowableProxy)
        .filter(Objects::nonNull)
        .map(ThrowableProxyUtil::asString)
        .collect(Collectors.joining("\n"));
  }

  private static void hangUpInRequests(TestServer server, boolean reset) throws IOException {
    String part = "x".repeat(300_000);
    for (String body :
        List.of(
            "Content-Length: 1000000\r\n\r\n" + part,
            "Transfer-Encoding: chunked\r\n\r\n493e0\r\n" + part)) {
      hangUp(server.node(""), "PUT /add_key/cut?url=master" + HEAD + body, 0, reset);
      hangUp(server.master(""), "PUT /extension/one/cut" + HEAD + body, 0, reset);
      hangUp(server.master(""), "POST /launch_job/some/job" + HEAD + body, 0, reset);
      hangUp(server.master(""), "PUT /text/cut" + HEAD + body, 0, reset);
    }
  }

  private static void hangUpInAnswers(TestServer server, boolean reset) throws IOException {
    hangUp(server.node(""), "GET /get_key/large" + HEAD + "\r\n", 100, reset);
    hangUp(server.master(""), "GET /admin/backup" + HEAD + "\r\n", 100, reset);
    hangUp(server.master(""), "GET /text?watch=1&wait=20s" + HEAD + "\r\n", 0, reset);
    hangUp(server.master(""), "GET /keys" + HEAD + "\r\n", 1, reset);
  }

  /**
   * Sends that, reads so many bytes, and is gone.
   *
   * @param reset whether the connection breaks, in place of ending in order
   */
  private static void hangUp(URI url, String request, int read, boolean reset) throws IOException {
    try (Socket socket = RawHttp.open(url)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      assertThat(socket.getInputStream().readNBytes(read)).hasSize(read);
      if (reset) {
        socket.setSoLinger(true, 0);
      }
    }
  }

  private static boolean isEmpty(Path folder) {
    String[] names = folder.toFile().list();
    return names == null || names.length == 0;
  }
}
