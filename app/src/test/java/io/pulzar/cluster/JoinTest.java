package io.pulzar.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.Await;
import io.pulzar.TestServer;
import io.pulzar.settings.BadSettingException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master and nodes that share nothing but the network and the key. */
class JoinTest {

  private static final String KEY = "the key of this cluster";

  @TempDir Path directory;
  private TestServer master;

  @BeforeEach
  void start() {
    master =
        TestServer.in(directory.resolve("master"))
            .set("pulzar.server.role", "master")
            .set("pulzar.server.key", KEY)
            .start();
  }

  @AfterEach
  void stop() {
    master.close();
  }

  @Test
  void aNodeWithTheKeyJoinsAndIsSeen() {
    assertThat(network()).contains("\"data\":[]", "No nodes online");
    try (TestServer node = node("one", "volume-1", KEY)) {
      Await.until("the node is listed", () -> network().contains("\"node\":\"one\""));
      assertThat(network()).contains("\"synch\":true", node.node("").toString());
      assertThat(get("/admin/network/one")).contains("\"synch\":true");
      Await.until("the node knows", () -> health(node).contains("\"ready\":true"));
    }
  }

  @Test
  void aNodeWithoutTheKeyNeverJoinsAndKnowsWhy() {
    try (TestServer node = node("one", "volume-1", "a guess")) {
      Await.until("the node knows why", () -> health(node).contains("pulzar.server.key"));
      assertThat(network()).contains("\"data\":[]");
    }
  }

  @Test
  void aNodeWhoseClockIsAnHourApartNeverJoinsAndKnowsByHowMuch() {
    for (Duration apart : List.of(Duration.ofHours(1), Duration.ofHours(-1))) {
      TestServer.Preparation late =
          prepared("one", "volume-1", KEY).clock(Clock.offset(Clock.systemUTC(), apart));
      try (TestServer node = late.start()) {
        Await.until("the node knows why", () -> health(node).contains("about 60m apart"));
        assertThat(network()).contains("\"data\":[]");
      }
    }
  }

  @Test
  void aSecondNodeWithTheSameNameIsRefusedAndKnowsWhy() {
    try (TestServer first = node("one", "volume-1", KEY)) {
      Await.until("the first is listed", () -> network().contains(first.node("").toString()));
      try (TestServer second = node("one", "volume-2", KEY)) {
        Await.until("the second knows", () -> health(second).contains("pulzar.node.name"));
        assertThat(network()).doesNotContain(second.node("").toString());
      }
    }
  }

  @Test
  void aNodeThatComesBackWithItsVolumeIsTheSameNode() {
    try (TestServer first = node("one", "volume-1", KEY)) {
      Await.until("it is listed", () -> network().contains(first.node("").toString()));
    }
    try (TestServer again = node("one", "volume-1", KEY)) {
      Await.until("it is listed again", () -> network().contains(again.node("").toString()));
    }
  }

  @Test
  void anUnknownNodeIsNotFound() {
    assertThat(get("/admin/network/nosuch")).contains("node_not_found");
  }

  @Test
  void aMasterThatIsNoUrlStopsTheStart() {
    TestServer.Preparation node =
        TestServer.in(directory.resolve("bad"))
            .set("pulzar.server.role", "node")
            .set("pulzar.node.master", "localhost:31414");
    assertThatThrownBy(node::start)
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("--master");
  }

  private TestServer node(String name, String volume, String key) {
    return prepared(name, volume, key).start();
  }

  private TestServer.Preparation prepared(String name, String volume, String key) {
    return TestServer.in(directory.resolve(volume)).joining(master, name, key);
  }

  private String network() {
    return get("/admin/network");
  }

  private String get(String path) {
    return master.send("GET", master.master(path), "").body();
  }

  private static String health(TestServer node) {
    return node.send("GET", node.node("/health"), "").body();
  }
}
