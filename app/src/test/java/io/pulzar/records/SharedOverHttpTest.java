package io.pulzar.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.TestServer;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients of {@code /nodes} see. */
final class SharedOverHttpTest {

  @TempDir private Path home;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.in(home).set("pulzar.records.dump", "2KB").start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aValueIsSetReadDumpedAndRemovedInTheOldWords() {
    HttpResponse<String> empty = get("dump");
    assertThat(empty.body())
        .isEqualTo("{\"success\": false, \"msg\": \"can not get data or db is empty\"}");
    HttpResponse<String> set = get("update?name=k&value=x%26y%23z+%D0%BF");
    assertThat(set.body()).isEqualTo("{\"success\": true, \"msg\": \"k key was updated\"}");
    assertThat(set.headers().firstValue("Content-Type"))
        .hasValue("application/json; charset=utf-8");
    assertThat(set.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(get("get?name=k").body())
        .isEqualTo("{\"success\": true, \"name\": \"k\", \"value\": \"x&y#z \\u043f\"}");
    assertThat(get("dump").body())
        .isEqualTo("{\"success\": true, \"data\": {\"k\": \"x&y#z \\u043f\"}}");
    assertThat(get("remove?name=k").body())
        .isEqualTo("{\"success\": true, \"msg\": \"k key was removed\"}");
    assertThat(get("get?name=k").body())
        .isEqualTo("{\"success\": false, \"msg\": \"can not get k key\"}");
    assertThat(get("remove?name=k").body())
        .isEqualTo("{\"success\": false, \"msg\": \"k key was not removed\"}");
  }

  @ParameterizedTest
  @CsvSource({"get, name", "update, name", "update?name=k, value", "remove, name"})
  void whatIsMissingIsNamed(String path, String missing) {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo("{\"success\": false, \"msg\": \"" + missing + " is required\"}");
  }

  @Test
  void whoAsksForStrictStatusesGetsThem() {
    String[] strict = {"Accept", "application/json;strict=1"};
    assertThat(get("get", strict).statusCode()).isEqualTo(400);
    assertThat(get("get?name=k", strict).statusCode()).isEqualTo(404);
    assertThat(get("dump", strict).statusCode()).isEqualTo(404);
    assertThat(get("get?name=k").statusCode()).isEqualTo(200);
  }

  @Test
  void theEmptyValueIsAValueAndNamesAreWhole() {
    get("update?name=data:x&value=");
    get("update?name=x&value=1&name=y&value=2");
    assertThat(get("get?name=data:x").body()).contains("\"value\": \"\"");
    assertThat(get("dump").body())
        .isEqualTo("{\"success\": true, \"data\": {\"data:x\": \"\", \"x\": \"1\"}}");
  }

  @Test
  void otherMethodsAndPathsAreRefusedWithoutTheEnvelope() {
    HttpResponse<String> method = send("DELETE", server.master("/nodes/get?name=k"), "");
    assertThat(method.statusCode()).isEqualTo(405);
    assertThat(method.headers().firstValue("Allow").orElseThrow()).contains("GET", "HEAD");
    assertThat(method.body()).startsWith("{\"success\": false");
    assertThat(get("other").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site, cross-site",
    "Origin, http://elsewhere.example",
    "Origin, null",
    "Purpose, prefetch",
    "Sec-Purpose, prefetch;prerender"
  })
  void anotherSitesPageCannotWrite(String header, String value) {
    for (String path : new String[] {"update?name=k&value=v", "remove?name=k"}) {
      HttpResponse<String> answer = get(path, header, value);
      assertThat(answer.statusCode()).isEqualTo(403);
    }
    assertThat(get("get?name=k").body()).contains("can not get");
  }

  @Test
  void aForeignReplicateMeansNothing() {
    assertThat(get("update?name=k&value=v&replicate=true").body()).contains("k key was updated");
    Await.until("the node has it", () -> nodeHas("k", "v"));
  }

  @Test
  void everyNodeWritesAndReads() {
    send("GET", server.node("/nodes/update?name=n&value=from+node"), "");
    assertThat(get("get?name=n").body()).contains("from node");
    get("update?name=n&value=from+master");
    Await.until("the node has it", () -> nodeHas("n", "from master"));
    get("remove?name=n");
    Await.until(
        "it is gone at the node",
        () -> send("GET", server.node("/nodes/get?name=n"), "").body().contains("false"));
  }

  @Test
  void theSaferRoutesSayWhatTheyMean() {
    URI url = server.master("/nodes/values/a%2Fb%20c");
    assertThat(send("GET", url, "").statusCode()).isEqualTo(404);
    HttpResponse<String> created = send("PUT", url, "the text ñ", "If-None-Match", "*");
    assertThat(created.statusCode()).isEqualTo(200);
    HttpResponse<String> read = send("GET", url, "");
    assertThat(read.body()).isEqualTo("the text ñ");
    String tag = read.headers().firstValue("ETag").orElseThrow();
    assertThat(send("PUT", url, "x", "If-None-Match", "*").statusCode()).isEqualTo(412);
    assertThat(send("PUT", url, "x", "If-Match", "\"other\"").statusCode()).isEqualTo(412);
    assertThat(send("PUT", url, "x", "If-Match", tag).statusCode()).isEqualTo(200);
    assertThat(get("get?name=a/b+c").body()).contains("\"value\": \"x\"");
    assertThat(send("DELETE", url, "").statusCode()).isEqualTo(200);
    assertThat(send("DELETE", url, "").statusCode()).isEqualTo(404);
  }

  @Test
  void aFormAndJsonSetValuesToo() {
    String form = "application/x-www-form-urlencoded";
    URI url = server.master("/nodes/update");
    assertThat(send("POST", url, "name=f&value=1", "Content-Type", form).body()).contains("true");
    String body = "{\"name\": \"j\", \"value\": \"2\"}";
    assertThat(send("POST", url, body, "Content-Type", "application/json").body()).contains("true");
    assertThat(get("dump").body()).contains("\"f\": \"1\"", "\"j\": \"2\"");
  }

  @Test
  void aDumpOverItsBoundSaysToPage() {
    for (int at = 0; at < 20; at++) {
      get("update?name=d" + at + "&value=" + "x".repeat(100));
    }
    HttpResponse<String> dump = get("dump");
    assertThat(dump.statusCode()).isEqualTo(413);
    assertThat(dump.body()).contains("pulzar.records.dump", "/nodes/values");
    assertThat(get("dump?format=ndjson").body().lines()).hasSize(20);
    assertThat(get("values?prefix=d1&limit=3").body())
        .contains("\"next\": \"d11\"", "\"size\": 100");
    assertThat(get("values?prefix=d1&after=d18&values=1").body()).contains("\"value\": \"xxx");
  }

  @ParameterizedTest
  @CsvSource({"511, 400", "510, 200"})
  void aNameHasABound(int length, int status) {
    assertThat(get("update?value=v&name=" + "n".repeat(length)).statusCode()).isEqualTo(status);
  }

  @Test
  void aValueExpires() {
    get("update?name=t&value=v&ttl=1s");
    Await.until("it is gone", () -> get("get?name=t").body().contains("can not get"));
  }

  private boolean nodeHas(String name, String value) {
    return send("GET", server.node("/nodes/get?name=" + name), "").body().contains(value);
  }

  private HttpResponse<String> get(String path, String... headers) {
    return send("GET", server.master("/nodes/" + path), "", headers);
  }

  private HttpResponse<String> send(String method, URI url, String body, String... headers) {
    return server.send(method, url, body, headers);
  }
}
