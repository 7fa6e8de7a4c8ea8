package io.pulzar.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.RawHttp;
import io.pulzar.TestServer;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not a request of HTTP is refused as a whole, on both servers, and nothing is kept. */
class MalformedRequestsTest {

  private static final String HOST = "Host: localhost\r\n";
  private static final String CHUNKED = HOST + "Transfer-Encoding: chunked\r\n\r\n";

  @TempDir static Path directory;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.in(directory).start();
    Await.until(
        "the node reports to the master",
        () -> server.send("GET", server.master("/get_node/any"), "").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5\r\nhello\r\nZZ\r\nworld\r\n0\r\n\r\n",
        "ZZ\r\n",
        "-1\r\nhello\r\n0\r\n\r\n",
        "5\r\nhelloworld\r\n0\r\n\r\n",
        "fffffffffffffffff\r\nhello\r\n0\r\n\r\n"
      })
  void aBodyThatBreaksIsRefusedAndNothingIsDone(String body) {
    server.send("PUT", server.node("/add_key/stays?url=master"), "value");
    for (String[] pieces : List.of(new String[] {CHUNKED + body}, new String[] {CHUNKED, body})) {
      for (String request :
          List.of("PUT /add_key/broken?url=master", "POST /add_key/broken?url=master")) {
        expectRefusal(server.node(""), request, "body_", pieces);
      }
      for (String request :
          List.of(
              "POST /launch_job/nothing/there",
              "PUT /extension/example/x",
              "POST /extension/example/x",
              "DELETE /delete_key/stays",
              "POST /cancel_job/1",
              "POST /admin/jobs/1/cancel")) {
        expectRefusal(server.master(""), request, "body_malformed", pieces);
      }
    }
    assertThat(status("GET", "/get_key/broken")).isEqualTo(404);
    assertThat(status("GET", "/get_key/stays")).isEqualTo(307);
  }

  @Test
  void aBodyThatEndsTooSoonHasNoEffect() throws Exception {
    server.send("PUT", server.node("/add_key/cut?url=master"), "value");
    try (Socket socket = RawHttp.open(server.master(""))) {
      send(socket, "DELETE /delete_key/cut HTTP/1.1\r\n" + HOST + "Content-Length: 9\r\n\r\nxx");
      socket.shutdownOutput();
      RawHttp.readAll(socket);
    }
    assertThat(status("GET", "/get_key/cut")).isEqualTo(307);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n",
        "Host: localhost\r\nHost: localhost\r\n\r\n",
        "Host: localhost\r\nTransfer-Encoding: xchunked\r\nContent-Length: 2\r\n\r\n{}",
        "Host: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "Host: localhost\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Host: localhost\r\nTransfer-Encoding:\r\n\r\n",
        "Host: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        "Host: localhost\r\nContent-Length: -2\r\n\r\n{}",
        "Host: localhost\r\nContent-Length: +2\r\n\r\n{}",
        "Host: localhost\r\nContent-Length: 2 2\r\n\r\n{}",
        "Host: localhost\r\nContent-Length: 0x2\r\n\r\n{}",
        "Host: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
        "Host : localhost\r\n\r\n",
        "Host: localhost\r\nno colon here\r\n\r\n",
        "Host: localhost\r\n: no name\r\n\r\n",
        "Host: localhost\r\nX-A: b\u0000c\r\n\r\n",
        "Host: localhost\r\nX A: b\r\n\r\n"
      })
  void aHeadThatIsNoneIsRefusedOnBothServers(String headers) {
    for (URI url : List.of(server.master(""), server.node(""))) {
      expectRefusal(url, "POST /launch_job/nothing/there", "", headers);
      expectRefusal(url, "PUT /add_key/head?url=master", "", headers);
    }
    assertThat(status("GET", "/get_key/head")).isEqualTo(404);
  }

  @Test
  void anOlderClientNeedsNoHost() {
    assertThat(RawHttp.send(server.master(""), "GET /health HTTP/1.0\r\n\r\n")).contains(" 200 ");
    assertThat(
            RawHttp.send(
                server.master(""),
                "POST /x HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))
        .contains(" 400 ");
  }

  @Test
  void whatFollowsABrokenRequestIsNeverRead() {
    String answer =
        RawHttp.send(
            server.node(""),
            "PUT /add_key/first?url=master HTTP/1.1\r\n"
                + CHUNKED
                + "ZZ\r\nPUT /add_key/smuggled?url=master HTTP/1.1\r\n"
                + HOST
                + "Content-Length: 1\r\n\r\nx");
    assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
    assertThat(status("GET", "/get_key/smuggled")).isEqualTo(404);
  }

  @Test
  void requestsInARowAreAnsweredInTheirOrder() {
    String request =
        "POST /launch_job/nothing/there HTTP/1.1\r\n" + HOST + "Content-Length: 2\r\n\r\n{}";
    String last = "GET /nosuch HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n";
    for (String[] pieces :
        List.of(
            new String[] {request + last},
            new String[] {request.substring(0, request.length() - 1), "}" + last})) {
      String answer = RawHttp.send(server.master(""), pieces);
      assertThat(answer.indexOf("job_not_found"))
          .isPositive()
          .isLessThan(answer.indexOf("no_such_route"));
    }
  }

  /** Whatever comes: the server lives on, and keeps what it says it has kept. */
  @Test
  void noiseDoesNoHarm() throws Exception {
    long seed = 20_261_127;
    Random random = new Random(seed);
    int keys = keys();
    for (int round = 0; round < 300; round++) {
      URI url = random.nextBoolean() ? server.master("") : server.node("");
      String request = noise(random);
      String answer;
      try (Socket socket = RawHttp.open(url)) {
        send(socket, request);
        socket.shutdownOutput();
        answer = RawHttp.readAll(socket);
      }
      String known = "seed %d, round %d, to %s: %s".formatted(seed, round, url, request);
      assertThat(answer).as(known).doesNotContain(" 500 ", "java.", "io.pulzar", "incident");
      assertThat(keys() - keys).as(known).isEqualTo(answer.contains(" 201 ") ? 1 : 0);
      keys = keys();
    }
    assertThat(status("GET", "/health")).isEqualTo(200);
  }

  private static int keys() {
    return server
        .send("GET", server.master("/keys?limit=1000"), "")
        .body()
        .split("\"key\":", -1)
        .length;
  }

  /**
   * A good request with some bytes changed, left out or put in, but never its key's value whole.
   */
  private static String noise(Random random) {
    StringBuilder request =
        new StringBuilder("PUT /add_key/noise?url=master HTTP/1.1\r\n")
            .append(CHUNKED)
            .append("5;x=y\r\nhello\r\nG\r\n\r\n0\r\nTrailer: x\r\n\r\n");
    List<String> odd =
        new ArrayList<>(
            List.of("\r", "\n", "\r\n\r\n", ":", " ", "\u0000", "\u00ff", "%", ";", "0"));
    for (int change = random.nextInt(5); change >= 0; change--) {
      int at = random.nextInt(request.length());
      switch (random.nextInt(3)) {
        case 0 -> request.deleteCharAt(at);
        case 1 -> request.insert(at, odd.get(random.nextInt(odd.size())));
        default -> request.setCharAt(at, (char) random.nextInt(256));
      }
    }
    return request.toString();
  }

  private static void send(Socket socket, String text) throws Exception {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private static void expectRefusal(URI url, String request, String code, String... pieces) {
    String[] sent = pieces.clone();
    sent[0] = request + " HTTP/1.1\r\n" + sent[0];
    assertThat(RawHttp.send(url, sent))
        .as(String.join("|", sent))
        .startsWith("HTTP/1.1 400")
        .containsIgnoringCase("connection: close")
        .contains("\"status\":\"ko\"", "\"code\":\"" + code);
  }

  private static int status(String method, String path) {
    return server.send(method, server.master(path), "").statusCode();
  }
}
