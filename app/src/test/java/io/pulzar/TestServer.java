package io.pulzar;

import io.micronaut.context.ApplicationContext;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.roles.Role;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import io.pulzar.settings.SettingsReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A whole server on free ports of the loopback, for tests: the real thing except for what is passed
 * in.
 *
 * <pre>{@code
 * try (TestServer server = TestServer.in(directory).set("pulzar.jobs.queue", "2").start()) {
 *   HttpResponse<String> answer = server.send("GET", server.master("/admin/network"), "");
 * }
 * }</pre>
 */
public final class TestServer implements AutoCloseable {

  /** For all of them, beside what each is told; by the directory of one. */
  private static final AtomicReference<Function<Path, Map<String, String>>> EVERYWHERE =
      new AtomicReference<>(home -> Map.of());

  private final TestClient client = new TestClient();
  private final Server server;

  private TestServer(Server server) {
    this.server = server;
  }

  /**
   * Everything that it keeps is kept below {@code home}; nothing of the machine's configuration
   * counts.
   */
  public static Preparation in(Path home) {
    return new Preparation(home);
  }

  /** The settings of this directory, as a server there would read them. */
  public static Settings settings(Path home, Map<String, String> chosen) {
    Map<String, String> all = new HashMap<>();
    all.put(ServerSettings.HOME.name(), home.resolve("home").toString());
    all.put(ServerSettings.INSTALLATION.name(), home.toString());
    all.put(ServerSettings.PORT.name(), "0");
    all.put(ServerSettings.NODE_PORT.name(), "0");
    all.putAll(chosen);
    return new SettingsReader(EverySetting.LIST, home).read(Map.of(), Map.of(), all).settings();
  }

  /** Lets every server that is started from now on have further settings. */
  public static void everywhere(Function<Path, Map<String, String>> settings) {
    EVERYWHERE.set(settings);
  }

  /** What is different from an ordinary server. */
  public static final class Preparation {

    private final Path home;
    private final Map<String, String> settings = new HashMap<>();
    private Clock clock = Clock.systemUTC();
    private Supplier<PythonRuntime> python = UnavailablePython::new;

    private Preparation(Path home) {
      this.home = home;
    }

    public Preparation set(String name, String value) {
      settings.put(name, value);
      return this;
    }

    /** Makes it a node of that master, which reports often. */
    public Preparation joining(TestServer master, String name, String key) {
      return set("pulzar.server.role", "node")
          .set("pulzar.server.key", key)
          .set("pulzar.node.name", name)
          .set("pulzar.node.master", master.master("").toString())
          .set("pulzar.cluster.heartbeat", "50ms");
    }

    public Preparation clock(Clock chosen) {
      clock = chosen;
      return this;
    }

    public Preparation python(Supplier<PythonRuntime> chosen) {
      python = chosen;
      return this;
    }

    /** Returns when its ports answer. */
    public TestServer start() {
      Map<String, String> all = new HashMap<>(Objects.requireNonNull(EVERYWHERE.get()).apply(home));
      all.putAll(settings);
      return new TestServer(Server.start(settings(home, all), clock, python));
    }
  }

  /** A URL of the master; the path is taken as it is. */
  public URI master(String path) {
    return URI.create(server.masterUrl().orElseThrow() + path);
  }

  /** A URL of the node; the path is taken as it is. */
  public URI node(String path) {
    return URI.create(server.nodeUrl().orElseThrow() + path);
  }

  /** The context of a role, to reach a bean that no request reaches. */
  public ApplicationContext context(Role role) {
    return server.context(role).orElseThrow();
  }

  /** One request, as {@link TestClient} sends it. */
  public HttpResponse<String> send(String method, URI url, String body, String... headers) {
    return client.send(method, url, body, headers);
  }

  /** The same, with bytes. */
  public HttpResponse<String> send(String method, URI url, byte[] body, String... headers) {
    return client.send(method, url, body, headers);
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
