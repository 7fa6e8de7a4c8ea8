package io.pulzar.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.TestServer;
import io.pulzar.roles.Role;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients of {@code /text} see, where no process changes the texts. */
final class TextOverHttpTest {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String TOKEN = "the token of these installations";

  @TempDir private static Path home;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server =
        TestServer.in(home)
            .set("pulzar.records.max-value", "1KB")
            .set("pulzar.records.peer-token", TOKEN)
            .start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aRecordHasItsFieldsInTheOldOrderAndForm() {
    String body = form("POST", "/text/r1", "hello").body();
    assertThat(body)
        .matches(
            "\\{\"check_sum\": 840651671246116861, \"uid\": \"r1\", \"timestamp\": \\d{10}\\.\\d{6},"
                + " \"value\": \"hello\", \"size\": \\d+}");
    assertThat(get("/text/r1").body()).isEqualTo(body);
    assertThat(get("/text/r1").headers().firstValue("Vary")).hasValue("Accept");
  }

  @Test
  void aSecondPostIsRefusedWithoutABody() {
    form("POST", "/text/twice", "one");
    HttpResponse<String> second = form("POST", "/text/twice", "two");
    assertThat(second.statusCode()).isEqualTo(400);
    assertThat(second.body()).isEmpty();
    assertThat(get("/text/twice").body()).contains("\"one\"");
  }

  @Test
  void putReplacesAndDoesNotCreate() {
    HttpResponse<String> missing = form("PUT", "/text/put", "one");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.body())
        .isEqualTo("{\"error\": \"Not Found\", \"code\": \"record_not_found\"}");
    String first = form("PUT", "/text/put?create=1", "one").body();
    assertThat(form("PUT", "/text/put", "two").body()).contains("\"two\"").isNotEqualTo(first);
  }

  @Test
  void aRepeatedPutChangesNothing() {
    form("POST", "/text/same", "one");
    HttpResponse<String> put = form("PUT", "/text/same", "two");
    HttpResponse<String> again = form("PUT", "/text/same", "two");
    assertThat(again.body()).isEqualTo(put.body());
    assertThat(tag(again)).isEqualTo(tag(put));
  }

  @Test
  void deleteAnswersWithoutABodyAndOnlyOnce() {
    form("POST", "/text/gone", "one");
    HttpResponse<String> deleted = send("DELETE", "/text/gone", "ignored");
    assertThat(deleted.statusCode()).isEqualTo(200);
    assertThat(deleted.body()).isEmpty();
    assertThat(send("DELETE", "/text/gone", "").statusCode()).isEqualTo(404);
    assertThat(get("/text/gone").statusCode()).isEqualTo(404);
    assertThat(form("POST", "/text/gone", "again").statusCode()).isEqualTo(200);
  }

  @Test
  void headIsGetWithoutItsBody() {
    form("POST", "/text/head", "one");
    String length = get("/text/head").headers().firstValue("Content-Length").orElseThrow();
    HttpResponse<String> head = send("HEAD", "/text/head", "", "Accept", "application/json");
    assertThat(head.headers().firstValue("Content-Length")).hasValue(length);
    assertThat(head.body()).isEmpty();
    assertThat(send("HEAD", "/text/nowhere", "").statusCode()).isEqualTo(404);
  }

  @Test
  void optionsAndOtherMethodsNameWhatIsPossible() {
    HttpResponse<String> options = send("OPTIONS", "/text/any", "");
    assertThat(options.statusCode()).isEqualTo(200);
    assertThat(options.headers().firstValue("Allow")).hasValue("DELETE, GET, OPTIONS, POST, PUT");
    HttpResponse<String> patch = send("PATCH", "/text/any", "x", "Accept", "application/json");
    assertThat(patch.statusCode()).isEqualTo(405);
    assertThat(patch.headers().firstValue("Allow").orElseThrow()).contains("DELETE", "PUT");
    assertThat(patch.body()).startsWith("{\"error\": ");
  }

  @Test
  void xmlIsTheFormUnlessJsonIsAskedFor() {
    form("POST", "/text/xml", "a<b>&c");
    HttpResponse<String> xml = send("GET", "/text/xml", "");
    assertThat(xml.headers().firstValue("Content-Type")).hasValue("text/xml; charset=UTF-8");
    assertThat(xml.body())
        .matches(
            "<response><check_sum>-?\\d+</check_sum><uid>xml</uid><timestamp>[\\d.]+</timestamp>"
                + "<value>a&lt;b&gt;&amp;c</value><size>\\d+</size></response>");
    assertThat(send("GET", "/text/none", "").body())
        .isEqualTo("<response><error>Not Found</error><code>record_not_found</code></response>");
  }

  @Test
  void theEndingChoosesTheFormAndIsNoPartOfTheUid() {
    assertThat(form("POST", "/text/doc.json", "x").body()).contains("\"uid\": \"doc\"");
    assertThat(send("GET", "/text/doc.json", "").body()).startsWith("{");
    assertThat(send("GET", "/text/doc.xml", "", "Accept", "application/json").body())
        .startsWith("<response>");
    assertThat(form("POST", "/text/doc.txt", "x").body()).contains("\"uid\": \"doc.txt\"");
    assertThat(send("GET", "/text/doc?raw=1", "").body()).isEqualTo("x");
  }

  @ParameterizedTest
  @CsvSource({
    "/, 404, no_such_route",
    "/a/b, 404, no_such_route",
    "/.., 400, illegal_uid",
    "/., 400, illegal_uid",
    "/a%2F..%2F..%2Fb, 400, illegal_uid",
    "/%00, 400, illegal_uid",
    "/%FF, 400, bad_path"
  })
  void whatIsNoUidIsRefused(String path, int status, String code) {
    HttpResponse<String> answer = get("/text" + path);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(code);
  }

  @Test
  void aUidHasUpTo255Bytes() {
    assertThat(form("POST", "/text/" + "u".repeat(255), "x").statusCode()).isEqualTo(200);
    assertThat(form("POST", "/text/" + "u".repeat(256), "x").statusCode()).isEqualTo(400);
  }

  @Test
  void uidsAndTextsMayBeOfAnyLanguage() {
    String path = "/text/" + encoded("ñ & ñ");
    assertThat(form("POST", path, "привет 🚀").body())
        .contains("\"value\": \"\\u043f\\u0440\\u0438\\u0432\\u0435\\u0442 \\ud83d\\ude80\"");
    assertThat(send("GET", path + "?raw=1", "").body()).isEqualTo("привет 🚀");
    assertThat(send("GET", path, "").body()).contains("<uid>ñ &amp; ñ</uid>");
  }

  @Test
  void theEmptyTextIsATextAndNoTextIsNone() {
    assertThat(form("POST", "/text/empty", "").body())
        .contains("\"check_sum\": 0", "\"value\": \"\"");
    HttpResponse<String> none =
        send("POST", "/text/none2", "other=1", "Content-Type", FORM, "Accept", "application/json");
    assertThat(none.statusCode()).isEqualTo(400);
    assertThat(none.body()).startsWith("{\"error\": \"value\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json|{\"value\": \"one\"}",
        "text/plain|one",
        FORM + "|uid=other&value=one",
        "multipart/form-data; boundary=B|--B\r\nContent-Disposition: form-data;"
            + " name=\"value\"\r\n\r\none\r\n--B--\r\n",
        "multipart/form-data; boundary=B|--B\r\nContent-Disposition: form-data; name=\"value\";"
            + " filename=\"f.txt\"\r\nContent-Type: text/plain\r\n\r\none\r\n--B--\r\n"
      })
  void aTextComesInSeveralForms(String typeAndBody) {
    String[] parts = typeAndBody.split("\\|", 2);
    String path = "/text/forms" + Integer.toUnsignedString(typeAndBody.hashCode());
    HttpResponse<String> answer =
        send("POST", path, parts[1], "Content-Type", parts[0], "Accept", "application/json");
    assertThat(answer.body()).contains("\"value\": \"one\"").doesNotContain("other");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, {, malformed_json",
    "application/json, '{\"value\": 1}', not_a_text",
    "application/octet-stream, x, not_a_form",
    "application/x-www-form-urlencoded, value=%FF, bad_path",
    "application/x-www-form-urlencoded, value=%zz, bad_path"
  })
  void whatCannotBeReadIsRefused(String type, String body, String code) {
    HttpResponse<String> answer =
        send("POST", "/text/unread", body, "Content-Type", type, "Accept", "application/json");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(code);
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    HttpResponse<String> answer =
        server.send(
            "POST",
            server.master("/text/bytes"),
            new byte[] {(byte) 0xc3, (byte) 0x28},
            "Content-Type",
            "text/plain",
            "Accept",
            "application/json");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("not_utf8");
  }

  @Test
  void aTextOverTheLimitIsRefusedByItsSetting() {
    assertThat(form("POST", "/text/large", "x".repeat(1024)).statusCode()).isEqualTo(200);
    HttpResponse<String> answer = form("PUT", "/text/large", "x".repeat(1025));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("pulzar.records.max-value");
  }

  @Test
  void conditionsAreExact() {
    form("POST", "/text/cond", "one");
    String first = tag(get("/text/cond"));
    assertThat(form("PUT", "/text/cond", "two", "If-Match", "\"other\"").statusCode())
        .isEqualTo(412);
    assertThat(form("PUT", "/text/cond", "two", "If-Match", first).statusCode()).isEqualTo(200);
    HttpResponse<String> late = form("PUT", "/text/cond", "three", "If-Match", first);
    assertThat(late.statusCode()).isEqualTo(412);
    assertThat(tag(late)).isEqualTo(tag(get("/text/cond")));
    assertThat(form("PUT", "/text/cond", "new", "If-None-Match", "*").statusCode()).isEqualTo(412);
    assertThat(form("PUT", "/text/cond2", "new", "If-None-Match", "*").statusCode()).isEqualTo(200);
    assertThat(send("DELETE", "/text/cond", "", "If-Match", first).statusCode()).isEqualTo(412);
    assertThat(send("GET", "/text/cond", "", "If-None-Match", tag(get("/text/cond"))).statusCode())
        .isEqualTo(304);
  }

  @Test
  void aRecordExpires() {
    HttpResponse<String> answer = form("POST", "/text/short?ttl=1s", "x");
    assertThat(answer.headers().firstValue("Expires")).isPresent();
    Await.until("it is gone", () -> get("/text/short").statusCode() == 404);
    assertThat(form("POST", "/text/short?ttl=never", "x").statusCode()).isEqualTo(400);
  }

  @Test
  void aFinishedRecordNeedsTheToken() {
    String record =
        "{\"lang\": \"en\", \"check_sum\": 5, \"uid\": \"m\", \"timestamp\": 1795761956.954016,"
            + " \"value\": \"v (Marked).\", \"more\": [1, \"x\"]}";
    assertThat(form("PUT", "/text/m?mirror=1", record).statusCode()).isEqualTo(401);
    assertThat(
            form("PUT", "/text/m?mirror=1", record, "Authorization", "Bearer wrong").statusCode())
        .isEqualTo(401);
    String token = "Bearer " + TOKEN;
    assertThat(form("PUT", "/text/other?mirror=0", record, "Authorization", token).body())
        .contains("uid_mismatch");
    assertThat(form("PUT", "/text/m?mirror=1", "text", "Authorization", token).body())
        .contains("not_a_record");
    assertThat(form("PUT", "/text/m?mirror=1", record, "Authorization", token).statusCode())
        .isEqualTo(200);
    assertThat(get("/text/m").body())
        .startsWith(
            "{\"lang\": \"en\", \"check_sum\": 5, \"uid\": \"m\", \"timestamp\":"
                + " 1795761956.954016, \"value\": \"v (Marked).\", \"size\": ")
        .endsWith(", \"more\": [1, \"x\"]}");
    assertThat(send("DELETE", "/text/m?mirror=1", "").statusCode()).isEqualTo(401);
    assertThat(send("DELETE", "/text/m?mirror=1", "", "Authorization", token).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aNodeReadsAndWritesAndSeesWhatItWrote() {
    HttpResponse<String> written =
        send(server.node("/text/node"), "POST", "value=one", "Content-Type", FORM);
    assertThat(written.statusCode()).isEqualTo(200);
    String revision = written.headers().firstValue("X-Pulzar-Revision").orElseThrow();
    HttpResponse<String> read = send(server.node("/text/node?min_revision=" + revision), "GET", "");
    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(read.headers().firstValue("X-Pulzar-Lag")).isPresent();
    assertThat(get("/text/node").body()).contains("\"one\"");
  }

  @Test
  void aNodeThatIsBehindSaysSo() {
    HttpResponse<String> answer =
        send(server.node("/text/any?min_revision=999999"), "GET", "", "Accept", "application/json");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("behind");
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void uidsAreListedPageByPage() {
    for (String uid : new String[] {"list-a", "list-b", "list-c"}) {
      form("POST", "/text/" + uid, "x");
    }
    String first = get("/text?prefix=list-&limit=2").body();
    assertThat(first).contains("list-a", "list-b", "\"next\": \"list-b\"").doesNotContain("list-c");
    assertThat(get("/text?prefix=list-&after=list-b").body())
        .contains("list-c", "\"next\": null")
        .doesNotContain("list-b");
    assertThat(get("/text").statusCode()).isEqualTo(404);
  }

  @Test
  void changesAreWatchedFromARevisionOn() {
    String revision =
        form("POST", "/text/watch-1", "one")
            .headers()
            .firstValue("X-Pulzar-Revision")
            .orElseThrow();
    form("POST", "/text/watch-2", "two");
    send("DELETE", "/text/watch-1", "");
    String changes = get("/text?watch=1&prefix=watch-&wait=5s&since=" + revision).body();
    assertThat(changes)
        .contains("\"uid\": \"watch-2\"", "\"deleted\": true")
        .doesNotContain("\"one\"");
    Matcher since = Pattern.compile("\"since\": (\\d+)").matcher(changes);
    assertThat(since.find()).isTrue();
    assertThat(get("/text?watch=1&wait=50ms&since=" + since.group(1)).body())
        .startsWith("{\"changes\": []");
    assertThat(get("/text?watch=1&wait=1s&since=99999999").statusCode()).isEqualTo(410);
    int watching = server.context(Role.MASTER).getBean(Watchers.class).open();
    assertThat(send("HEAD", "/text?watch=1", "").statusCode()).isEqualTo(200);
    assertThat(server.context(Role.MASTER).getBean(Watchers.class).open())
        .as("HEAD watches nothing")
        .isEqualTo(watching);
  }

  private static HttpResponse<String> get(String path) {
    return send("GET", path, "", "Accept", "application/json");
  }

  private static HttpResponse<String> form(
      String method, String path, String value, String... headers) {
    String[] all = new String[headers.length + 4];
    System.arraycopy(headers, 0, all, 4, headers.length);
    all[0] = "Content-Type";
    all[1] = FORM;
    all[2] = "Accept";
    all[3] = "application/json";
    return send(method, path, "value=" + encoded(value), all);
  }

  private static HttpResponse<String> send(
      String method, String path, String body, String... headers) {
    return send(server.master(path), method, body, headers);
  }

  private static HttpResponse<String> send(URI url, String method, String body, String... headers) {
    return server.send(method, url, body, headers);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String tag(HttpResponse<String> answer) {
    return answer.headers().firstValue("ETag").orElseThrow();
  }
}
