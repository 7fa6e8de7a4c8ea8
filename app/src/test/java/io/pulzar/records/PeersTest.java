package io.pulzar.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.pulzar.Await;
import io.pulzar.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Installations that bring each other up to date over HTTP. */
final class PeersTest {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String TOKEN = "the token of these installations";

  @TempDir private Path directory;
  private final List<TestServer> servers = new ArrayList<>();

  @AfterEach
  void stop() {
    servers.forEach(TestServer::close);
  }

  private TestServer start(String name) {
    TestServer server =
        TestServer.in(directory.resolve(name))
            .set("pulzar.server.role", "master")
            .set("pulzar.records.peer-token", TOKEN)
            .start();
    servers.add(server);
    return server;
  }

  private void list(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name).resolve("home/servers.list"), text);
  }

  @Test
  void aMirrorGetsRecordsAsTheyAreAndDeletionsToo() throws IOException {
    TestServer one = start("one");
    TestServer two = start("two");
    put(one, "before", "text");
    list("one", "# comment\n" + two.master(""));
    put(one, "after", "text");
    Await.until("two has both", () -> has(two, "before") && has(two, "after"));
    assertThat(get(two, "after")).isEqualTo(get(one, "after"));
    one.send("DELETE", one.master("/text/after"), "");
    one.send("GET", one.master("/nodes/update?name=k&value=v"), "");
    Await.until("it is gone at two", () -> !has(two, "after"));
    Await.until(
        "two has the value",
        () -> two.send("GET", two.master("/nodes/get?name=k"), "").body().contains("\"v\""));
  }

  @Test
  void oneStarPassesOnAlongTheChainAndRingsEnd() throws IOException {
    TestServer one = start("one");
    TestServer two = start("two");
    TestServer three = start("three");
    list("one", "* " + two.master(""));
    list("two", "* " + three.master(""));
    list("three", "* " + one.master(""));
    put(one, "a", "from one");
    put(two, "b", "from two");
    Await.until("three has both", () -> has(three, "a") && has(three, "b"));
    Await.until("one has the other's", () -> has(one, "b"));
    put(three, "c", "from three");
    Await.until("two has the third's", () -> has(two, "c"));
    long before = revision(one) + revision(two) + revision(three);
    put(one, "d", "the last");
    Await.until("three has the last", () -> has(three, "d"));
    Await.until(
        "each stored it once and no more",
        () -> revision(one) + revision(two) + revision(three) == before + 3);
  }

  @Test
  void withoutAStarNothingIsPassedOn() throws IOException {
    TestServer one = start("one");
    TestServer two = start("two");
    TestServer three = start("three");
    list("one", two.master("").toString());
    list("two", three.master("").toString());
    put(one, "a", "x");
    put(two, "b", "y");
    Await.until("two has it", () -> has(two, "a"));
    Await.until("three has what two wrote", () -> has(three, "b"));
    put(two, "c", "z");
    Await.until("three has what two wrote later", () -> has(three, "c"));
    assertThat(has(three, "a")).isFalse();
  }

  @Test
  void aTextThatIsNotHereIsFoundAndDeletedElsewhere() throws IOException {
    TestServer one = start("one");
    TestServer two = start("two");
    put(two, "far", "away");
    list("one", two.master("") + " mode=read");
    Await.until("one asks two", () -> finds(one, "far"));
    assertThat(get(one, "far")).isEqualTo(get(two, "far"));
    assertThat(one.send("DELETE", one.master("/text/far"), "").statusCode()).isEqualTo(200);
    assertThat(has(two, "far")).isFalse();
    assertThat(one.send("DELETE", one.master("/text/far"), "").statusCode()).isEqualTo(404);
    list("one", two.master("") + " mode=read http://127.0.0.1:1 mode=read");
    Await.until(
        "one can't be sure",
        () -> one.send("GET", one.master("/text/none.json"), "").statusCode() == 503);
  }

  @Test
  void aServerWithAnotherTokenIsSeenToBeDown() throws IOException {
    TestServer one = start("one");
    TestServer two =
        TestServer.in(directory.resolve("two"))
            .set("pulzar.server.role", "master")
            .set("pulzar.records.peer-token", "another token")
            .start();
    servers.add(two);
    list("one", two.master("").toString());
    put(one, "a", "x");
    Await.until(
        "the report says so",
        () ->
            one.send("GET", one.master("/admin/records"), "")
                .body()
                .contains("refuses with status 401"));
    assertThat(has(two, "a")).isFalse();
  }

  @Test
  void whereTokensAreAskedForInstallationsShowTheirsAndGetNoFurther() throws IOException {
    TestServer two = startAsking("two");
    TestServer one = startAsking("one");
    String[] shown = {"Authorization", "Bearer " + TOKEN, "Content-Type", FORM};
    assertThat(two.send("GET", two.master("/text/far"), "").statusCode()).isEqualTo(401);
    assertThat(two.send("POST", two.master("/text/far"), "value=x", shown).statusCode())
        .isEqualTo(200);
    list("one", two.master("").toString());
    Await.until(
        "one finds it at two",
        () -> one.send("GET", one.master("/text/far"), "", shown).statusCode() == 200);
    one.send("POST", one.master("/text/near"), "value=x", shown);
    Await.until(
        "two has what one wrote",
        () -> two.send("GET", two.master("/text/near"), "", shown).statusCode() == 200);
    for (String closed : List.of("/access/tokens", "/settings", "/admin/backup")) {
      assertThat(two.send("GET", two.master(closed), "", shown).statusCode())
          .as(closed)
          .isIn(403, 404, 405);
    }
    assertThat(two.send("POST", two.master("/launch_job/a/b"), "{}", shown).statusCode())
        .isEqualTo(403);
    assertThat(two.send("PUT", two.master("/add_key/k"), "v", shown).statusCode()).isEqualTo(403);
  }

  private TestServer startAsking(String name) {
    TestServer server =
        TestServer.in(directory.resolve(name))
            .set("pulzar.server.role", "master")
            .set("pulzar.auth", "on")
            .set("pulzar.records.peer-token", TOKEN)
            .start();
    servers.add(server);
    return server;
  }

  /** What the originals understand, and no more; the first requests find it broken. */
  @Test
  void anOldServerGetsTheRequestsThatItKnows() throws IOException {
    Map<String, String> texts = new ConcurrentHashMap<>();
    ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    AtomicInteger failures = new AtomicInteger(2);
    HttpServer old =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    old.createContext(
        "/text/",
        exchange -> {
          String path = exchange.getRequestURI().toString();
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          asked.add(exchange.getRequestMethod() + " " + path);
          int status = failures.getAndDecrement() > 0 ? 500 : 200;
          if (status == 200 && exchange.getRequestMethod().equals("PUT")) {
            texts.put(path, URLDecoder.decode(body.substring(6), StandardCharsets.UTF_8));
          } else if (status == 200) {
            texts.remove(path);
          }
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    old.start();
    try {
      TestServer one = start("one");
      list("one", "* http://127.0.0.1:" + old.getAddress().getPort() + "/");
      put(one, "a b", "x");
      String path = "/text/a%20b?mirror=1&bridge=1";
      Await.until("it has it", () -> texts.containsKey(path));
      assertThat(texts.get(path)).isEqualTo(get(one, "a%20b"));
      one.send("DELETE", one.master("/text/a%20b"), "");
      Await.until("it is gone", () -> texts.isEmpty());
      assertThat(asked).contains("PUT " + path, "DELETE " + path);
    } finally {
      old.stop(0);
    }
  }

  private static void put(TestServer server, String uid, String text) {
    assertThat(
            server
                .send(
                    "PUT",
                    server.master("/text/" + uid.replace(" ", "%20") + "?create=1"),
                    "value=" + text.replace(' ', '+'),
                    "Content-Type",
                    FORM)
                .statusCode())
        .isEqualTo(200);
  }

  private static String get(TestServer server, String uid) {
    return server.send("GET", server.master("/text/" + uid + ".json"), "").body();
  }

  /** Without asking anybody else. */
  private static boolean has(TestServer server, String uid) {
    return server
            .send("GET", server.master("/text/" + uid), "", PeerMessages.ASKED, "1")
            .statusCode()
        == 200;
  }

  /** Wherever it is. */
  private static boolean finds(TestServer server, String uid) {
    return server.send("GET", server.master("/text/" + uid), "").statusCode() == 200;
  }

  private static long revision(TestServer server) {
    String body = server.send("GET", server.master("/admin/records"), "").body();
    return Long.parseLong(body.replaceAll("(?s).*?\"revision\":(\\d+).*", "$1"));
  }
}
