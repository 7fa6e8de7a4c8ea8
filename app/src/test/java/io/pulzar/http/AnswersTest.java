package io.pulzar.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.pulzar.MasterContext;
import io.pulzar.RawHttp;
import io.pulzar.TestClient;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sees of any route: the envelope, the error codes, the headers. */
@MicronautTest(contextBuilder = AnswersTest.WithSmallBuffer.class, transactional = false)
public class AnswersTest {

  public static final class WithSmallBuffer extends MasterContext {

    public WithSmallBuffer() {
      super(Map.of("pulzar.server.buffer", "64KB"));
    }
  }

  private static final String UI = "http://localhost:8080";

  private static final TestClient CLIENT = new TestClient();

  @Inject EmbeddedServer server;

  @AfterAll
  static void close() {
    CLIENT.close();
  }

  @Test
  void aValueIsWrappedInTheEnvelopeAlsoWhenItIsNull() {
    assertThat(get("/probe/value/null").body())
        .isEqualTo("{\"data\":null,\"status\":\"ok\",\"msg\":\"\"}");
    assertThat(get("/probe/value/empty").body())
        .isEqualTo(
            "{\"data\":{\"list\":[],\"nothing\":null,\"text\":\"\"},\"status\":\"ok\",\"msg\":\"\"}");
  }

  @Test
  void anErrorHasItsStatusItsCodeAndItsMessage() {
    HttpResponse<String> answer = get("/probe/refuse");
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body())
        .isEqualTo(
            "{\"data\":null,\"status\":\"ko\",\"msg\":\"there is one\",\"code\":\"exists\"}");
  }

  @Test
  void anErrorOfAStageIsAnErrorOfTheRequest() {
    assertThat(get("/probe/refuse-later").statusCode()).isEqualTo(409);
  }

  @Test
  void anErrorMayCarryData() {
    assertThat(get("/probe/raise").body()).contains("\"data\":{\"error\":\"ValueError\"}");
  }

  @Test
  void busyTellsWhenToComeBack() {
    HttpResponse<String> answer = get("/probe/busy");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
  }

  @Test
  void theUnexpectedIsAnsweredWithAnIncidentAndNothingElse() {
    HttpResponse<String> answer = get("/probe/break");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body())
        .containsPattern("under incident [0-9a-f]{8}")
        .contains("\"code\":\"internal_error\"")
        .doesNotContain("secret", "java", "pulzar");
  }

  @Test
  void anUnknownRouteIsNamed() {
    HttpResponse<String> answer = get("/no/such/route");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("GET /no/such/route", "no_such_route");
  }

  @Test
  void aWrongMethodIsToldTheRightOnes() {
    HttpResponse<String> answer = CLIENT.send("DELETE", url("/probe/body"), "");
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("OPTIONS, POST");
    assertThat(CLIENT.send("POST", url("/health"), "x").headers().firstValue("Allow"))
        .contains("GET, HEAD, OPTIONS");
  }

  @Test
  void malformedJsonIsTheClientsError() {
    HttpResponse<String> answer =
        CLIENT.send("POST", url("/probe/json"), "{text: 1", "Content-Type", "application/json");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("malformed_json");
  }

  @Test
  void aBadOrMissingParameterIsNamed() {
    assertThat(get("/probe/number?limit=abc").body()).contains("bad_parameter", "limit");
    assertThat(get("/probe/number").body()).contains("missing_parameter", "limit");
  }

  @Test
  void aBodyOverTheBufferIsRefused() {
    HttpResponse<String> answer = CLIENT.send("POST", url("/probe/body"), new byte[65 * 1024]);
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("too_large");
    assertThat(CLIENT.send("POST", url("/probe/body"), new byte[64 * 1024]).body())
        .contains("65536");
  }

  @Test
  void headAnswersWhereGetDoesAndWithoutABody() {
    HttpResponse<String> answer = CLIENT.send("HEAD", url("/probe/value/empty"), "");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Length")).isPresent();
    assertThat(answer.body()).isEmpty();
    assertThat(CLIENT.send("HEAD", url("/probe/refuse"), "").statusCode()).isEqualTo(409);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/probe/refuse", "/probe/break", "/nosuch", "/health"})
  void everyAnswerMayBeReadByPagesOfThisMachine(String path) {
    HttpResponse<String> answer = CLIENT.send("GET", url(path), "", "Origin", UI);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(UI);
    assertThat(answer.headers().allValues("Vary")).contains("Origin");
    assertThat(get(path).headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})
  void aPageOfAnotherOriginIsRefusedInTheEnvelope(String method) {
    for (String path : List.of("/probe/value/null", "/nosuch")) {
      HttpResponse<String> answer =
          CLIENT.send(method, url(path), "", "Origin", "http://ui.example");
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
      if (!method.equals("HEAD")) {
        assertThat(answer.body()).contains("origin_not_allowed", "pulzar.server.cors");
      }
    }
  }

  @Test
  void aNameThatLeadsHereWithoutBeingOursIsRefused() {
    for (String request : List.of("GET /probe/value/null", "POST /probe/body", "OPTIONS /x")) {
      assertThat(
              RawHttp.send(
                  url("/"),
                  request + " HTTP/1.1\r\nHost: evil.example:31414\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 421")
          .contains("host_not_allowed", "pulzar.server.hosts");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/probe/refuse", "/nosuch/at/all", "/health", "/probe/path/%2e%2e/x"})
  void aPreflightIsAnsweredOnEveryPath(String path) {
    HttpResponse<String> answer =
        CLIENT.send(
            "OPTIONS",
            url(path),
            "",
            "Origin",
            UI,
            "Access-Control-Request-Method",
            "PUT",
            "Access-Control-Request-Headers",
            "X-Mine");
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(UI);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
        .contains("PUT");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Headers")).contains("X-Mine");
  }

  @ParameterizedTest
  @CsvSource({
    "text=a%20b, a b",
    "text=a+b, a b",
    "text=1;b=2, 1;b=2",
    "text=caf%C3%A9, café",
    "text=%EF%BF%BD, \ufffd",
    "text=, ''"
  })
  void aQueryIsReadAsItWasSent(String sent, String text) {
    assertThat(get("/probe/query?" + sent).body()).contains("\"data\":\"" + text + "\"");
  }

  @Test
  void aQueryThatIsNoTextIsTheClientsError() {
    HttpResponse<String> answer = get("/probe/query?a=1&text=caf%E9");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("bad_query", "text");
  }

  @ParameterizedTest
  @CsvSource({
    "a/b, 'a|b'",
    "a//b, 'a||b'",
    "a/, 'a|'",
    "%2e%2e/x, '..|x'",
    "../x, '..|x'",
    "a%2Fb, a/b",
    "a+b, a+b",
    "caf%C3%A9, café",
    "a%20b, a b",
    "a;v=1, a;v=1",
    "a%3Fb, a?b",
    "%25, %",
  })
  void aPathIsReadAsItWasSent(String sent, String segments) throws Exception {
    assertThat(
            raw(
                "GET /probe/path/"
                    + sent
                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200")
        .endsWith("\"data\":\"" + segments + "\",\"status\":\"ok\",\"msg\":\"\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%4", "%zz", "%C3", "a\\b", "a{b", "é"})
  void aBrokenPathIsTheClientsError(String sent) throws Exception {
    assertThat(
            raw(
                "GET /probe/path/"
                    + sent
                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 400")
        .contains("\"status\":\"ko\"");
  }

  @Test
  void garbageIsAnsweredLikeAnyError() throws Exception {
    assertThat(raw("NOT HTTP AT ALL\r\n\r\n"))
        .startsWith("HTTP/1.0 400")
        .contains("\"status\":\"ko\"");
  }

  @Test
  void aLineThatIsTooLongIsRefused() throws Exception {
    assertThat(
            raw(
                "GET /"
                    + "x".repeat(40_000)
                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.0 413")
        .contains("\"status\":\"ko\"");
  }

  @Test
  void whoWaitsForAContinueGetsIt() throws Exception {
    String head =
        "POST /probe/body HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
    try (Socket socket = new Socket(url("/").getHost(), url("/").getPort())) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readNBytes(21), StandardCharsets.UTF_8))
          .isEqualTo("HTTP/1.1 100 Continue");
      socket.getOutputStream().write(new byte[2]);
      assertThat(new String(in.readNBytes(16), StandardCharsets.UTF_8)).contains("HTTP/1.1 200");
    }
  }

  @Test
  void whoNeedsNoBodyAnswersBeforeItIsSent() throws Exception {
    String head =
        "PUT /probe/redirect HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 1000000\r\n\r\n";
    try (Socket socket = new Socket(url("/").getHost(), url("/").getPort())) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8))
          .isEqualTo("HTTP/1.1 307");
    }
  }

  private String raw(String request) throws Exception {
    try (Socket socket = new Socket(url("/").getHost(), url("/").getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private HttpResponse<String> get(String path) {
    return CLIENT.send("GET", url(path), "");
  }

  private URI url(String path) {
    return URI.create(server.getURI() + path);
  }

  /** Routes that do what a test needs. */
  @Controller("/probe")
  @Requires(property = "pulzar.server.buffer", value = "64KB")
  static final class Probe {

    @Get("/value/null")
    Envelope nothing() {
      return Envelope.ok(null);
    }

    @Get("/value/empty")
    Envelope empty() {
      Map<String, Object> value = new TreeMap<>();
      value.put("list", List.of());
      value.put("nothing", null);
      value.put("text", "");
      return Envelope.ok(value);
    }

    @Get("/refuse")
    Envelope refuse() {
      return refused(ApiException.conflict("exists", "there is one"));
    }

    @Get("/refuse-later")
    CompletionStage<Envelope> refuseLater() {
      return CompletableFuture.supplyAsync(this::refuse);
    }

    @Get("/raise")
    Envelope raise() {
      return refused(
          ApiException.unprocessable("script_raised", "bad", Map.of("error", "ValueError")));
    }

    @Get("/busy")
    Envelope busy() {
      return refused(
          ApiException.unavailable("no_node", "no node is online", Duration.ofMillis(200)));
    }

    @Get("/break")
    Envelope fail() {
      return refused(new IllegalStateException("a secret"));
    }

    private static Envelope refused(RuntimeException failure) {
      throw failure;
    }

    @Get("/query")
    Envelope query(@QueryValue String text) {
      return Envelope.ok(text);
    }

    @Get("/number")
    Envelope number(int limit) {
      return Envelope.ok(limit);
    }

    @Post(value = "/json")
    Envelope json(@Body Map<String, Object> body) {
      return Envelope.ok(body);
    }

    @Post(value = "/body", consumes = MediaType.ALL)
    Envelope body(@Body byte[] body) {
      return Envelope.ok(body.length);
    }

    @Get("/path/{+tail}")
    Envelope path(HttpRequest<?> request, String tail) {
      return Envelope.ok(String.join("|", RawPath.segments(RawPath.tail(request, "/probe/path/"))));
    }

    @Put(value = "/redirect", consumes = MediaType.ALL)
    io.micronaut.http.HttpResponse<?> redirect() {
      return io.micronaut.http.HttpResponse.temporaryRedirect(URI.create("http://127.0.0.1:1/x"));
    }
  }
}
