package io.pulzar.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ?cache} does at an installation in front of others. */
final class FrontTest {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String TOKEN = "the token of these installations";

  @TempDir private Path directory;
  private final List<TestServer> servers = new ArrayList<>();

  @AfterEach
  void stop() {
    servers.forEach(TestServer::close);
  }

  private TestServer start(String name, TestServer... behind) {
    return start(name, "1m", behind);
  }

  private TestServer start(String name, String lease, TestServer... behind) {
    StringBuilder list = new StringBuilder();
    for (TestServer server : behind) {
      list.append(server.master("")).append(" mode=read ");
    }
    TestServer server =
        TestServer.in(directory.resolve(name))
            .set("pulzar.server.role", "master")
            .set("pulzar.records.peer-token", TOKEN)
            .set("pulzar.records.cache-lease", lease)
            .set("pulzar.records.servers", list.toString())
            .start();
    servers.add(server);
    return server;
  }

  @Test
  void whatIsWrittenThroughIsAtTheServersAndNotHereAndEqual() {
    TestServer two = start("two");
    TestServer three = start("three");
    TestServer one = start("one", two, three);
    assertThat(write(one, "POST", "/text/doc?cache=1", "hello").statusCode()).isEqualTo(200);
    assertThat(isHere(one)).isFalse();
    assertThat(record(two)).isEqualTo(record(three)).contains("hello");
    assertThat(write(one, "POST", "/text/doc?cache=1", "hello").statusCode()).isEqualTo(400);
    assertThat(write(one, "PUT", "/text/doc?cache=1", "other").body()).contains("other");
    assertThat(record(two)).isEqualTo(record(three)).contains("other");
    assertThat(write(one, "PUT", "/text/none?cache=1", "x").statusCode()).isEqualTo(404);
    assertThat(send(one, "DELETE", "/text/doc?cache=1").statusCode()).isEqualTo(200);
    assertThat(isHere(two) || isHere(three)).isFalse();
    assertThat(send(one, "GET", "/text/doc?cache=1").statusCode()).isEqualTo(404);
  }

  @Test
  void eachServerStampsItsOwnRecordWhereThatIsWanted() {
    TestServer two = start("two");
    TestServer three = start("three");
    TestServer one =
        TestServer.in(directory.resolve("one"))
            .set("pulzar.server.role", "master")
            .set("pulzar.records.cache-write", "each")
            .set("pulzar.records.servers", two.master("") + " " + three.master(""))
            .start();
    servers.add(one);
    assertThat(write(one, "POST", "/text/doc?cache=1", "hello").statusCode()).isEqualTo(200);
    assertThat(record(two)).isNotEqualTo(record(three));
  }

  @Test
  void whatWasReadIsRememberedUntilItsServerSaysThatItChanged() {
    TestServer two = start("two");
    write(two, "POST", "/text/doc", "first");
    TestServer one = start("one", two);
    assertThat(how(send(one, "GET", "/text/doc?cache"))).isEqualTo("miss");
    HttpResponse<String> again = send(one, "GET", "/text/doc?cache");
    assertThat(how(again)).isEqualTo("hit");
    assertThat(again.headers().firstValue("Age")).isPresent();
    assertThat(how(send(one, "GET", "/text/doc?cache", "Cache-Control", "no-cache")))
        .isEqualTo("revalidated");
    write(two, "PUT", "/text/doc", "second");
    Await.until(
        "the change is heard of",
        () -> send(one, "GET", "/text/doc?cache").body().contains("second"));
    send(two, "DELETE", "/text/doc");
    Await.until("so is its end", () -> send(one, "GET", "/text/doc?cache").statusCode() == 404);
  }

  @Test
  void withoutAServerThatAnswersNothingIsGuessed() {
    TestServer two = start("two");
    write(two, "POST", "/text/doc", "first");
    TestServer one = start("one", "0s", two);
    assertThat(send(one, "GET", "/text/doc?cache").statusCode()).isEqualTo(200);
    servers.remove(two);
    two.close();
    assertThat(send(one, "GET", "/text/doc?cache").statusCode()).isEqualTo(503);
    assertThat(write(one, "PUT", "/text/doc?cache", "x").statusCode()).isEqualTo(503);
    assertThat(write(start("alone"), "PUT", "/text/doc?cache", "x").statusCode()).isEqualTo(503);
  }

  @Test
  void aTextThatIsHereIsReadHere() {
    TestServer two = start("two");
    TestServer one = start("one", two);
    write(one, "POST", "/text/doc", "here");
    HttpResponse<String> found = send(one, "GET", "/text/doc?cache");
    assertThat(found.body()).contains("here");
    assertThat(how(found)).isEqualTo("local");
  }

  @Test
  void theMemoryIsBoundedAndKeepsWhatIsUsed() {
    RecordCache cache = new RecordCache(16_000);
    for (int i = 0; i < 10; i++) {
      cache.put("r" + i, cached("r" + i, 900));
      assertThat(cache.get("r0")).isPresent();
    }
    assertThat(cache.get("r1")).isEmpty();
    assertThat(cache.get("r9")).isPresent();
    cache.put("large", cached("large", 2_000));
    assertThat(cache.get("large")).isEmpty();
  }

  private static RecordCache.Cached cached(String uid, int length) {
    StoredRecord record =
        new StoredRecord(new Version(1, "o"), Map.of(), false, 0, "x".repeat(length), "");
    Row row = new Row(Kind.TEXT, uid, record, 0, false, Map.of());
    PeerServer server = PeerServer.of("http://127.0.0.1:1", PeerServer.Mode.READ);
    return new RecordCache.Cached(row, server, true, Instant.EPOCH, Instant.EPOCH);
  }

  private static HttpResponse<String> write(
      TestServer server, String method, String path, String text) {
    return server.send(method, server.master(path), "value=" + text, "Content-Type", FORM);
  }

  private static HttpResponse<String> send(
      TestServer server, String method, String path, String... headers) {
    return server.send(method, server.master(path), "", headers);
  }

  private static String how(HttpResponse<String> answer) {
    return answer.headers().firstValue("X-Pulzar-Cache").orElse("");
  }

  private static boolean isHere(TestServer server) {
    return send(server, "GET", "/text/doc", PeerMessages.ASKED, "1").statusCode() == 200;
  }

  private static String record(TestServer server) {
    return send(server, "GET", "/text/doc.json", PeerMessages.ASKED, "1").body();
  }
}
