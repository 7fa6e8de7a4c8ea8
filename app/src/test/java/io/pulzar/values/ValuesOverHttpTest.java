package io.pulzar.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys and values as clients see them, on a real master and a real node. */
final class ValuesOverHttpTest {

  @TempDir static Path directory;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.in(directory).set("pulzar.general.maxsize", "2").start();
    Await.until(
        "the node reports to the master",
        () -> server.send("GET", server.master("/get_node/any"), "").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theMasterRedirectsWithTheMethodAndTheParametersKept() {
    HttpResponse<String> answer =
        server.send("PUT", server.master("/add_key/a%20b?ttl=90s&url=x"), "value");
    assertThat(answer.statusCode()).isEqualTo(307);
    assertThat(location(answer))
        .startsWith(server.node("/add_key/a%20b?url=").toString())
        .endsWith("&ttl=90s");
  }

  @Test
  void aClientThatWaitsForPermissionGetsItsRedirectBeforeItSendsAnything() throws IOException {
    assertThat(statusBeforeTheBody(server.master("/add_key/waits"), 1_000)).contains(" 307 ");
  }

  @Test
  void aClientThatWaitsForPermissionIsToldSoonWhenTheValueIsTooLarge() throws IOException {
    int size = (2 << 20) + 1;
    assertThat(statusBeforeTheBody(server.master("/add_key/large"), size)).contains(" 413 ");
    assertThat(statusBeforeTheBody(server.node("/add_key/large"), size)).contains(" 413 ");
  }

  @Test
  void aClientThatWaitsForPermissionGetsItFromTheNode() throws IOException {
    assertThat(statusBeforeTheBody(server.node("/add_key/permitted"), 100_000)).contains(" 100 ");
  }

  @Test
  void headTellsWhatGetWould() {
    put("/head", "0123456789");
    HttpResponse<String> get = server.send("GET", server.node("/get_key/head"), "");
    HttpResponse<String> head = server.send("HEAD", server.node("/get_key/head"), "");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    for (String name : List.of("content-length", "content-type", "etag", "last-modified")) {
      assertThat(head.headers().allValues(name)).isEqualTo(get.headers().allValues(name));
    }
  }

  @Test
  void aRangeBeyondTheEndIsRefused() {
    put("/range", "0123456789");
    HttpResponse<String> answer =
        server.send("GET", server.node("/get_key/range"), "", "Range", "bytes=10-");
    assertThat(answer.statusCode()).isEqualTo(416);
    assertThat(answer.headers().firstValue("content-range")).contains("bytes */10");
  }

  @Test
  void aPartOfALargeValueIsExactlyThatPart() {
    String large = "0123456789".repeat(100_000);
    put("/part", large);
    HttpResponse<String> answer =
        server.send("GET", server.node("/get_key/part"), "", "Range", "bytes=262140-524300");
    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo(large.substring(262_140, 524_301));
    assertThat(server.send("GET", server.node("/get_key/part"), "").body()).isEqualTo(large);
  }

  @Test
  void ofTwoWritersAtOnceOneWins() throws Exception {
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> codes =
          IntStream.range(0, 12)
              .mapToObj(
                  number ->
                      writers.submit(
                          () ->
                              server
                                  .send("PUT", server.node("/add_key/race"), "value " + number)
                                  .statusCode()))
              .toList();
      int won = 0;
      for (Future<Integer> code : codes) {
        assertThat(code.get()).isIn(201, 409);
        won += code.get() == 201 ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
    }
  }

  @Test
  void aDeletedValueIsGoneFromTheNodeToo() {
    put("/gone", "value");
    assertThat(server.send("DELETE", server.master("/delete_key/gone"), "").statusCode())
        .isEqualTo(200);
    assertThat(server.send("GET", server.node("/get_key/gone"), "").statusCode()).isEqualTo(404);
    assertThat(server.send("DELETE", server.master("/delete_key/gone"), "").statusCode())
        .isEqualTo(404);
  }

  @Test
  void readersOfAKeyThatIsReplacedSeeTheOldOrTheNewValue() {
    put("/replaced", "0");
    try (ExecutorService writer = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> writing =
          writer.submit(
              () -> {
                for (int round = 1; round <= 50; round++) {
                  server.send("PUT", server.node("/add_key/replaced?replace=true"), "" + round);
                }
              });
      int seen = 0;
      while (!writing.isDone()) {
        HttpResponse<String> answer = server.send("GET", server.node("/get_key/replaced"), "");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Integer.parseInt(answer.body())).isGreaterThanOrEqualTo(seen);
        seen = Integer.parseInt(answer.body());
      }
    }
    assertThat(server.send("GET", server.node("/get_key/replaced"), "").body()).isEqualTo("50");
  }

  @Test
  void pagesOfAListingFitTogether() {
    for (int number = 0; number < 5; number++) {
      put("/list/" + number, "x");
    }
    HttpResponse<String> first =
        server.send("GET", server.master("/keys?prefix=/list/&limit=3"), "");
    assertThat(first.body()).contains("\"/list/0\"", "\"/list/2\"", "\"next\":\"/list/2\"");
    assertThat(first.body()).doesNotContain("/list/3");
    HttpResponse<String> rest =
        server.send("GET", server.master("/keys?prefix=/list/&limit=3&after=/list/2"), "");
    assertThat(rest.body()).contains("\"/list/3\"", "\"/list/4\"", "\"next\":null");
  }

  @Test
  void keysAreFoundByWhatTheyContainAndWhenTheyWereWritten() {
    put("/found/red-1", "x");
    put("/found/blue-1", "x");
    put("/found/red-2", "x");
    assertThat(keys("prefix=/found/&text=red")).containsExactly("/found/red-1", "/found/red-2");
    assertThat(keys("prefix=/found/&text=red&limit=1")).containsExactly("/found/red-1");
    assertThat(keys("text=ound/blue&since=2026-01-01T00:00:00Z")).containsExactly("/found/blue-1");
    assertThat(keys("text=ound/blue&until=2026-01-01T00:00:00%2B01:00")).isEmpty();
  }

  private static List<String> keys(String query) {
    String page = server.send("GET", server.master("/keys?" + query), "").body();
    return Pattern.compile("\"key\":\"([^\"]+)\"")
        .matcher(page)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  @Test
  void badParametersAreRefusedByTheMasterBeforeAnythingIsSent() {
    for (String query : List.of("temporal=0", "ttl=x", "replace=maybe", "temporal=1&ttl=1d")) {
      assertThat(server.send("PUT", server.master("/add_key/bad?" + query), "x").statusCode())
          .as(query)
          .isEqualTo(400);
    }
    for (String query : List.of("limit=0", "limit=x", "prefix=%C3%A9", "since=soon", "until=1")) {
      assertThat(server.send("GET", server.master("/keys?" + query), "").statusCode())
          .as(query)
          .isEqualTo(400);
    }
  }

  private static void put(String key, String value) {
    HttpResponse<String> answer = server.send("PUT", server.node("/add_key" + key), value);
    assertThat(answer.statusCode()).isEqualTo(201);
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("location").orElseThrow();
  }

  /** The first line that a server answers to a request whose body is announced and not sent. */
  private static String statusBeforeTheBody(URI url, int size) throws IOException {
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(30_000);
      String request =
          "PUT %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n"
              .formatted(url.getRawPath(), size);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return reader.readLine();
    }
  }
}
