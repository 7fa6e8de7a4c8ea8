package io.pulzar.extensions;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.TestServer;
import io.pulzar.jobs.ScriptedPython;
import io.pulzar.polyglot.Call;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.Script;
import java.io.IOException;
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
}
