package io.pulzar.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.CommandRun;
import io.pulzar.TestServer;
import io.pulzar.keys.Location;
import io.pulzar.keys.StoppedIndex;
import io.pulzar.settings.Settings;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The index and a node disagree, because the data of the stopped server was damaged: {@code pulzar
 * check} tells all of it and changes nothing; with {@code --fix} it repairs what can be repaired,
 * and removes nothing that is good.
 */
final class DisagreementTest {

  private static final String LARGE = "0123456789abcdef".repeat(30_000);

  @TempDir private Path directory;
  private final Map<String, String> good = new TreeMap<>();
  private String said = "";

  @BeforeEach
  void write() {
    try (TestServer server = start()) {
      for (int number = 0; number < 20; number++) {
        keep(server, "/good/" + number, number % 3 == 0 ? LARGE + number : "value " + number);
      }
    }
  }

  @Test
  void aKeyWhoseNodeHasNoValueIsRemoved() {
    write("/lost/small", "x");
    try (StoppedNode node = node()) {
      node.lose("/lost/small");
    }
    assertFound("1 keys have no value on their node", "/lost/small");
    try (TestServer server = start()) {
      fix(server);
      assertThat(status(server, "/lost/small")).isEqualTo(404);
      assertThat(put(server, "/lost/small", "again").statusCode()).isEqualTo(201);
      assertAllIsWell(server);
    }
  }

  @Test
  void aFileWhoseRecordIsLostIsTakenInAgainByTheMastersWord() {
    write("/lost/large", LARGE);
    try (StoppedNode node = node()) {
      node.lose("/lost/large");
    }
    try (TestServer server = start()) {
      Await.until("it is back", () -> status(server, "/lost/large") == 200);
      assertAllIsWell(server);
    }
  }

  @Test
  void aValueThatNoKeyStandsForIsListedAgainWithItsDates() {
    String before;
    try (TestServer server = start()) {
      keep(server, "/unlisted/small", "x");
      keep(server, "/unlisted/large", LARGE);
      put(server, "/unlisted/expiring?ttl=12h", "y");
      before = listing(server, "/unlisted");
    }
    try (StoppedIndex index = index()) {
      index.lose("/unlisted/small");
      index.lose("/unlisted/large");
      index.lose("/unlisted/expiring");
    }
    assertFound("3 values had no key", "/unlisted/small", "/unlisted/large", "/unlisted/expiring");
    try (TestServer server = start()) {
      fix(server);
      assertThat(listing(server, "/unlisted")).isEqualTo(before);
      assertAllIsWell(server);
    }
  }

  @Test
  void aVersionThatTheIndexDoesNotPointToIsRemovedOlderOrNewer() {
    try (TestServer server = start()) {
      keep(server, "/old", "the value");
      keep(server, "/ahead", "the value");
    }
    try (StoppedNode node = node()) {
      long id = node.find("/old").id();
      node.add("/old", id - 1, "older".getBytes(StandardCharsets.US_ASCII));
      node.add("/ahead", id + 2, "newer".getBytes(StandardCharsets.US_ASCII));
    }
    assertFound("2 values had been replaced", "/old", "/ahead");
    try (TestServer server = start()) {
      fix(server);
      assertAllIsWell(server);
    }
  }

  @Test
  void whatTheNodeKnowsAboutAValueCounts() {
    String before;
    try (TestServer server = start()) {
      keep(server, "/different/size", "the value");
      keep(server, "/different/date", LARGE);
      before = listing(server, "/different");
    }
    try (StoppedIndex index = index()) {
      index.change("/different/size", is -> changed(is, is.size() + 1, Duration.ZERO));
      index.change("/different/date", is -> changed(is, is.size(), Duration.ofDays(1)));
    }
    assertFound("2 keys had other facts than their node", "/different/size", "/different/date");
    try (TestServer server = start()) {
      fix(server);
      assertThat(listing(server, "/different")).isEqualTo(before);
      assertAllIsWell(server);
    }
  }

  @Test
  void aDamagedValueIsToldKeptAndNeverServed() throws IOException {
    write("/bad/small", "the value", "/bad/large", LARGE, "/bad/cut", LARGE, "/bad/gone", LARGE);
    try (StoppedNode node = node()) {
      node.flipBit("/bad/small");
      node.flipBit("/bad/large");
      Files.write(node.file("/bad/cut"), new byte[1_000]);
      Files.delete(node.file("/bad/gone"));
    }
    assertFound("4 values are damaged", "/bad/small", "/bad/large", "/bad/cut", "/bad/gone");
    try (TestServer server = start()) {
      assertThat(check(server, "--fix")).isEqualTo(1);
      assertThat(said).contains("delete them, or restore a backup");
      for (String key : List.of("/bad/small", "/bad/large", "/bad/cut", "/bad/gone")) {
        HttpResponse<String> whole =
            server.send("GET", server.node("/get_key" + key), "", "Range", "bytes=200000-");
        assertThat(whole.statusCode()).as(key).isEqualTo(key.endsWith("small") ? 416 : 500);
      }
      assertThat(status(server, "/bad/small")).isEqualTo(500);
      for (String key : List.of("/bad/small", "/bad/large", "/bad/cut", "/bad/gone")) {
        server.send("DELETE", server.master("/delete_key" + key), "");
      }
      assertAllIsWell(server);
    }
  }

  @Test
  void aFileThatBelongsToNoValueIsRemoved() throws IOException {
    try (TestServer server = start()) {
      Path files = directory.resolve("home/node/values/files");
      Path orphan = files.resolve("05").resolve("0000000000000005");
      Files.writeString(orphan, "nobody's");
      assertThat(check(server)).isEqualTo(1);
      assertThat(said).contains("1 files belong to no value");
      assertThat(orphan).exists();
      fix(server);
      assertThat(orphan).doesNotExist();
      assertAllIsWell(server);
    }
  }

  /** Without --fix: told, and everything is as it was. */
  private void assertFound(String what, String... keys) {
    try (TestServer server = start()) {
      String before = listing(server, "");
      assertThat(check(server)).isEqualTo(1);
      assertThat(said).contains(what).contains(keys).contains("pulzar check --fix");
      assertThat(said.lines().filter(line -> line.startsWith("  "))).hasSize(keys.length);
      assertThat(listing(server, "")).isEqualTo(before);
      assertThat(check(server)).as("nothing was repaired").isEqualTo(1);
    }
  }

  private void fix(TestServer server) {
    assertThat(check(server, "--fix")).as(said).isZero();
  }

  private void assertAllIsWell(TestServer server) {
    assertThat(check(server)).as(said).isZero();
    assertThat(said).contains("all is well");
    good.forEach(
        (key, value) ->
            assertThat(server.send("GET", server.node("/get_key" + key), "").body())
                .as(key)
                .isEqualTo(value));
  }

  private int check(TestServer server, String... words) {
    Settings settings =
        TestServer.settings(directory, Map.of("pulzar.node.master", server.master("").toString()));
    CommandRun typed = CommandRun.with(settings);
    List<String> line = new ArrayList<>(List.of("check"));
    line.addAll(List.of(words));
    int code = typed.run(line.toArray(String[]::new));
    said = typed.said();
    return code;
  }

  private void keep(TestServer server, String key, String value) {
    assertThat(put(server, key, value).statusCode()).isEqualTo(201);
    good.put(key, value);
  }

  /** Keys and values in turn, which are not expected to stay good. */
  private void write(String... keysAndValues) {
    try (TestServer server = start()) {
      for (int i = 0; i < keysAndValues.length; i += 2) {
        assertThat(put(server, keysAndValues[i], keysAndValues[i + 1]).statusCode()).isEqualTo(201);
      }
    }
  }

  private static HttpResponse<String> put(TestServer server, String key, String value) {
    return server.send("PUT", server.node("/add_key" + key), value);
  }

  private static int status(TestServer server, String key) {
    return server.send("GET", server.node("/get_key" + key), "").statusCode();
  }

  private static String listing(TestServer server, String prefix) {
    return server.send("GET", server.master("/keys?limit=1000&prefix=" + prefix), "").body();
  }

  private static Location changed(Location is, long size, Duration later) {
    return new Location(
        is.node(), is.id(), size, is.checksum(), is.written().plus(later), is.expires());
  }

  private TestServer start() {
    TestServer server = TestServer.in(directory).start();
    Await.until(
        "the node reports to the master",
        () -> server.send("GET", server.master("/get_node/any"), "").statusCode() == 200);
    return server;
  }

  private StoppedNode node() {
    return new StoppedNode(directory.resolve("home/node/values"));
  }

  private StoppedIndex index() {
    return new StoppedIndex(directory.resolve("home/master/keys"));
  }
}
