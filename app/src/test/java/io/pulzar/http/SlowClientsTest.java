package io.pulzar.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.RawHttp;
import io.pulzar.TestServer;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections of clients that are slow or gone do not stay. */
class SlowClientsTest {

  private static final String HEAD =
      "PUT /add_key/slow?url=master HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n";

  @TempDir static Path directory;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server =
        TestServer.in(directory)
            .set("pulzar.server.patience", "300ms")
            .set("pulzar.server.slowest", "1MB")
            .set("pulzar.server.idle", "300ms")
            .set("pulzar.server.connections", "8")
            .start();
    Await.until(
        "the node reports to the master",
        () -> server.send("GET", server.master("/get_node/any"), "").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whoSaysNothingIsCutOff() throws IOException {
    for (URI url : List.of(server.master(""), server.node(""))) {
      try (Socket socket = RawHttp.open(url)) {
        assertThat(RawHttp.readAll(socket)).isEmpty();
      }
    }
  }

  @Test
  void aHeadThatDribblesIsRefused() throws IOException {
    try (Socket socket = RawHttp.open(server.master(""))) {
      assertThat(dribble(socket, "GET /health HTTP/1.1\r\nX: " + "y".repeat(100_000)))
          .startsWith("HTTP/1.1 408")
          .contains("request_too_slow", "pulzar.server.patience");
    }
  }

  @Test
  void aBodyThatDribblesIsRefusedAndNothingIsKept() throws IOException {
    for (String head : List.of(HEAD, HEAD.replace("PUT", "POST").replace("100000", "50000"))) {
      try (Socket socket = RawHttp.open(server.node(""))) {
        assertThat(dribble(socket, head + "x".repeat(90_000))).startsWith("HTTP/1.1 408");
      }
    }
    assertThat(server.send("GET", server.master("/get_key/slow"), "").statusCode()).isEqualTo(404);
  }

  @Test
  void aConnectionThatNobodyUsesIsClosed() throws IOException {
    try (Socket socket = RawHttp.open(server.master(""))) {
      socket
          .getOutputStream()
          .write(
              "GET /nosuch HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      assertThat(RawHttp.readAll(socket)).startsWith("HTTP/1.1 404");
    }
  }

  @Test
  void oneConnectionTooManyIsToldSo() throws IOException {
    List<Socket> open = new ArrayList<>();
    try {
      for (int number = 0; number < 20; number++) {
        open.add(RawHttp.open(server.node("")));
      }
      List<String> answers = new ArrayList<>();
      for (Socket socket : open) {
        answers.add(RawHttp.readAll(socket));
      }
      assertThat(answers).filteredOn(String::isEmpty).hasSizeBetween(1, 8);
      assertThat(answers)
          .filteredOn(answer -> !answer.isEmpty())
          .isNotEmpty()
          .allSatisfy(
              answer ->
                  assertThat(answer)
                      .startsWith("HTTP/1.1 503")
                      .contains("too_many_connections", "pulzar.server.connections"));
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
    Await.until(
        "the node is reached again",
        () -> server.send("GET", server.node("/get_key/none"), "").statusCode() == 404);
  }

  private static String firstLine(Socket socket) throws IOException {
    try {
      return new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8);
    } catch (SocketTimeoutException e) {
      return "";
    }
  }

  /**
   * One byte after the other, as long as the server takes them; a byte waits for an answer a
   * little.
   */
  private static String dribble(Socket socket, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int head = Math.max(0, text.indexOf("\r\n\r\n"));
    socket.getOutputStream().write(bytes, 0, head);
    socket.setSoTimeout(20);
    for (int at = head; at < bytes.length; at++) {
      try {
        socket.getOutputStream().write(bytes[at]);
      } catch (SocketException e) {
        return RawHttp.readAll(socket);
      }
      String answer = firstLine(socket);
      if (!answer.isEmpty()) {
        socket.setSoTimeout(30_000);
        return answer + RawHttp.readAll(socket);
      }
    }
    throw new AssertionError("all was taken");
  }
}
