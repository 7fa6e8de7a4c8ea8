package io.pulzar.values;

import io.pulzar.Await;
import io.pulzar.CommandRun;
import io.pulzar.TestServer;
import io.pulzar.settings.Settings;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A master and nodes in this process that share nothing but the network and the key. */
final class TestCluster implements AutoCloseable {

  private static final String KEY = "the key of this cluster";
  private static final Pattern ROW =
      Pattern.compile("\\{\"key\":\"([^\"]*)\"[^}]*\"copies\":(\\d+)");

  private final Path directory;
  private final Map<String, TestServer> nodes = new TreeMap<>();
  private TestServer master;

  /**
   * @param settings of the master, name and value in turn
   */
  TestCluster(Path directory, String... settings) {
    this.directory = directory;
    this.master = startMaster(settings);
  }

  private TestServer startMaster(String... settings) {
    TestServer.Preparation prepared =
        TestServer.in(directory.resolve("master"))
            .set("pulzar.server.role", "master")
            .set("pulzar.server.key", KEY)
            .set("pulzar.cluster.lost", "1s")
            .set("pulzar.cluster.heartbeat", "100ms");
    for (int i = 0; i < settings.length; i += 2) {
      prepared.set(settings[i], settings[i + 1]);
    }
    return prepared.start();
  }

  /** Another master on the same home; nodes have to be started again. */
  void restart(String... settings) {
    List<String> names = List.copyOf(nodes.keySet());
    names.forEach(this::stop);
    master.close();
    master = startMaster(settings);
    names.forEach(this::start);
  }

  /** Starts nodes and waits until the master knows them. */
  TestCluster start(String... names) {
    for (String name : names) {
      nodes.put(
          name,
          TestServer.in(directory.resolve(name))
              .joining(master, name, KEY)
              .set("pulzar.cluster.lost", "1s")
              .set("pulzar.cluster.heartbeat", "100ms")
              .start());
      Await.until(name + " is online", () -> isOnline(name));
    }
    return this;
  }

  /** Stops a node and waits until the master has noticed. */
  void stop(String name) {
    node(name).close();
    nodes.remove(name);
    Await.until(name + " is offline", () -> !isOnline(name));
  }

  TestServer node(String name) {
    return Optional.ofNullable(nodes.get(name)).orElseThrow();
  }

  TestServer master() {
    return master;
  }

  StoppedNode stopped(String name) {
    return new StoppedNode(directory.resolve(name).resolve("home/node/values"));
  }

  Path masterHome() {
    return directory.resolve("master/home/master");
  }

  HttpResponse<String> put(String key, String value) {
    return follow("PUT", master.master("/add_key" + key), value);
  }

  HttpResponse<String> get(String key) {
    return follow("GET", master.master("/get_key" + key), "");
  }

  /** Straight to a node, without a version, as somebody does who kept the URL. */
  HttpResponse<String> getAt(String name, String key) {
    return follow("GET", node(name).node("/get_key" + key), "");
  }

  HttpResponse<String> delete(String key) {
    return master.send("DELETE", master.master("/delete_key" + key), "");
  }

  HttpResponse<String> follow(String method, URI url, String body) {
    HttpResponse<String> answer = master.send(method, url, body);
    for (int hop = 0; answer.statusCode() == 307 && hop < 5; hop++) {
      answer =
          master.send(
              method, URI.create(answer.headers().firstValue("location").orElseThrow()), body);
    }
    return answer;
  }

  /** How many copies of each key the index knows. */
  Map<String, Integer> copies() {
    String body = master.send("GET", master.master("/keys?limit=1000"), "").body();
    Map<String, Integer> copies = new TreeMap<>();
    Matcher row = ROW.matcher(body);
    while (row.find()) {
      copies.put(row.group(1), Integer.parseInt(row.group(2)));
    }
    return copies;
  }

  /** What {@code pulzar check} says, after its exit status. */
  String check(String... words) {
    Settings settings =
        TestServer.settings(directory, Map.of("pulzar.node.master", master.master("").toString()));
    CommandRun typed = CommandRun.with(settings);
    List<String> line = new ArrayList<>(List.of("check"));
    line.addAll(List.of(words));
    int code = typed.run(line.toArray(String[]::new));
    return code + " " + typed.said();
  }

  /** For a node that is a process of its own; see {@link NodeProcess}. */
  String[] settingsOf(String name, Path home, int port) {
    return new String[] {
      home.toString(),
      "pulzar.server.role=node",
      "pulzar.server.key=" + KEY,
      "pulzar.node.name=" + name,
      "pulzar.node.master=" + master.master(""),
      "pulzar.volume.port=" + port,
      "pulzar.cluster.lost=1s",
      "pulzar.cluster.heartbeat=100ms"
    };
  }

  boolean isOnline(String name) {
    return master
        .send("GET", master.master("/admin/network/" + name), "")
        .body()
        .contains("\"synch\":true");
  }

  @Override
  public void close() {
    nodes.values().forEach(TestServer::close);
    master.close();
  }
}
