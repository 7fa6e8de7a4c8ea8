package io.pulzar.extensions;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.TestServer;
import io.pulzar.jobs.ScriptedPython;
import io.pulzar.polyglot.Call;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients see of extensions, with played workers. */
final class ExtensionsOverHttpTest {

  @TempDir private Path directory;
  private final ScriptedPython python = new ScriptedPython(2);
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("extensions"));
    Files.writeString(folder.resolve("one.py"), "class One:\n    pass\n");
    server = prepared(false);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aCallGetsItsArgumentsAndParametersAndAnswersInTheEnvelope() {
    returns("{\"data\":{\"x\": 1}}");
    HttpResponse<String> answer = get("/extension/one/a%20b//c?p=1&p=2&q=");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"data\":{\"x\": 1},\"status\":\"ok\",\"msg\":\"\"}");
    assertThat(onlyCall().arguments())
        .contains("\"arguments\":[\"a b\",\"c\"]", "\"p\":[\"1\",\"2\"]", "\"q\":[\"\"]");
  }

  @ParameterizedTest
  @CsvSource({"PUT", "POST"})
  void anUploadCanBeReadDuringTheCallAndIsGoneAfterIt(String method) throws IOException {
    python.on(
        "one",
        (call, listener, canceled) ->
            new Outcome.Completed("{\"data\":%d}".formatted(size(call.input().orElseThrow()))));
    assertThat(send(method, "/extension/one", "twelve bytes").body()).contains("\"data\":12");
    assertThat(directory.resolve("home/uploads")).isEmptyDirectory();
  }

  @Test
  void theFileOfAFormIsTheUploadAndKeepsItsName() {
    python.on(
        "one",
        (call, listener, canceled) ->
            new Outcome.Completed(
                "{\"data\":\"%s %s\"}"
                    .formatted(
                        call.input().orElseThrow().getFileName(), text(call.input().get()))));
    HttpResponse<String> answer =
        form(part("note", "", "é"), part("file", "; filename=\"../my cat.png\"", "meow"));
    assertThat(answer.body()).contains("\"data\":\"my cat.png meow\"");
    assertThat(onlyCall().arguments()).contains("\"note\":[\"é\"]", "\"p\":[\"1\"]");
    assertThat(directory.resolve("home/uploads")).isEmptyDirectory();
  }

  @Test
  void aFormWithoutAFileHasNone() {
    python.on(
        "one",
        (call, listener, canceled) ->
            new Outcome.Completed("{\"data\":%s}".formatted(call.input().isPresent())));
    assertThat(form(part("note", "", "x")).body()).contains("\"data\":false");
  }

  @Test
  void aBrokenFormIsTheClientsErrorAndCallsNothing() {
    String file = part("file", "; filename=\"a\"", "meow");
    String[] broken = {"", "nothing", file, file + "--limit", file + file + "--limit--"};
    for (String body : broken) {
      HttpResponse<String> answer = sendForm("multipart/form-data; boundary=limit", body);
      assertThat(answer.statusCode()).as(body).isEqualTo(400);
      assertThat(answer.body()).as(body).contains("bad_form");
    }
    assertThat(sendForm("multipart/form-data", file + "--limit--").statusCode()).isEqualTo(400);
    assertThat(python.calls).isEmpty();
    assertThat(directory.resolve("home/uploads")).isEmptyDirectory();
  }

  @Test
  void aCompressedUploadIsNotTaken() {
    HttpResponse<String> answer =
        server.send("PUT", server.master("/extension/one"), "x", "Content-Encoding", "gzip");
    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(python.calls).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"content_type\":\"bad\",\"base64\":\"eA==\"|content_type",
        "\"content_type\":\"a/b\\r\\nX: y\",\"base64\":\"eA==\"|content_type",
        "\"headers\":{\"a b\":\"x\"}|a b",
        "\"headers\":{\"X-A\":\"b\\u0001\"}|X-A",
        "\"headers\":{\"Transfer-Encoding\":\"chunked\"}|Transfer-Encoding",
        "\"status\":99|status",
        "\"status\":\"x\"|fields",
        "\"base64\":\"no base64!\"|body"
      })
  void anAnswerThatCantBeSentIsItsScriptsMistake(String fields, String named) {
    String all = fields.contains("\"headers\"") ? fields : fields + ",\"headers\":{}";
    returns(
        "{\"answer\":{%s,\"msg\":\"\"%s}}"
            .formatted(all, all.contains("\"status\"") ? "" : ",\"status\":200"));
    HttpResponse<String> answer = get("/extension/one");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("bad_answer", named).doesNotContain("incident");
  }

  @Test
  void aFailedCallLeavesNoUploadEither() {
    python.on("one", (call, listener, canceled) -> new Outcome.Crashed("it died"));
    assertThat(send("PUT", "/extension/one", "x").statusCode()).isEqualTo(502);
    assertThat(directory.resolve("home/uploads")).isEmptyDirectory();
  }

  @Test
  void anUploadOverTheLimitIsRefusedBeforeAnythingRuns() {
    HttpResponse<String> answer = send("PUT", "/extension/one", "x".repeat(1025));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("pulzar.extensions.upload");
    assertThat(python.calls).isEmpty();
  }

  @Test
  void whatRaisesIsTheClientsToSee() {
    python.on(
        "one",
        (call, listener, canceled) -> new Outcome.Raised("ValueError", "no such day", "one.py:3"));
    HttpResponse<String> answer = get("/extension/one");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("\"msg\":\"no such day\"", "\"error\":\"ValueError\"", "one.py:3");
  }

  @Test
  void anErrorNamesAFileAndNotWhereTheServerKeepsIt() {
    python.on(
        "one",
        (call, listener, canceled) -> {
          String file = call.input().orElseThrow().toString();
          return new Outcome.Raised("OSError", "no image: '" + file + "'", "in " + file);
        });
    HttpResponse<String> answer = send("PUT", "/extension/one", "x");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("no image: '", "upload'")
        .doesNotContain("/uploads", "/home");
  }

  @Test
  void whatTakesTooLongNamesTheSetting() {
    python.on("one", (call, listener, canceled) -> new Outcome.TimedOut(call.limits().timeout()));
    HttpResponse<String> answer = get("/extension/one");
    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(answer.body()).contains("pulzar.extensions.timeout");
  }

  @ParameterizedTest
  @CsvSource({"/extension/nosuch", "/extension/..%2Fone", "/third_party/nosuch"})
  void whatIsNotThereIsNotFound(String path) {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("extension_not_found");
  }

  @Test
  void aNewFileIsThereAtOnce() throws IOException {
    assertThat(get("/extension/two").statusCode()).isEqualTo(404);
    Files.writeString(directory.resolve("extensions/two.py"), "class Two:\n    pass\n");
    python.on("two", (call, listener, canceled) -> new Outcome.Completed("{\"data\":2}"));
    assertThat(get("/extension/two").statusCode()).isEqualTo(200);
  }

  @Test
  void aFullPoolSaysWhenToComeBack() {
    server.close();
    server =
        TestServer.in(directory)
            .set("pulzar.extensions.dir", directory.resolve("extensions").toString())
            .start();
    HttpResponse<String> answer = get("/extension/one");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
  }

  @Test
  void extensionsAreLoadedAheadUnlessTheSettingSaysNo() {
    assertThat(python.prepared).isEmpty();
    server.close();
    server = prepared(true);
    assertThat(python.prepared).extracting(Script::name).containsExactly("one");
    assertThat(python.calls).isEmpty();
  }

  private TestServer prepared(boolean ahead) {
    return TestServer.in(directory)
        .python(() -> python)
        .set("pulzar.extensions.dir", directory.resolve("extensions").toString())
        .set("pulzar.extensions.upload", "1KB")
        .set("pulzar.extensions.prepare", Boolean.toString(ahead))
        .start();
  }

  private void returns(String json) {
    python.on("one", (call, listener, canceled) -> new Outcome.Completed(json));
  }

  private Call onlyCall() {
    assertThat(python.calls).hasSize(1);
    return List.copyOf(python.calls).getFirst();
  }

  private static long size(Path file) {
    return file.toFile().length();
  }

  private HttpResponse<String> get(String path) {
    return send("GET", path, "");
  }

  private HttpResponse<String> send(String method, String path, String body) {
    return server.send(method, server.master(path), body);
  }

  private HttpResponse<String> form(String... parts) {
    return sendForm(
        "multipart/form-data; boundary=limit", String.join("", parts) + "--limit--\r\n");
  }

  private HttpResponse<String> sendForm(String type, String body) {
    return server.send("POST", server.master("/extension/one?p=1"), body, "Content-Type", type);
  }

  private static String part(String name, String more, String content) {
    return "--limit\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n%s\r\n"
        .formatted(name, more, content);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
