package io.pulzar;

import io.micronaut.context.ApplicationContext;
import io.pulzar.openapi.DescribedAnswers;
import io.pulzar.polyglot.PythonRuntime;
import io.pulzar.roles.Role;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import io.pulzar.settings.SettingsReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
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
      return new TestServer(Server.start(settings(home, settings), clock, python));
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

  /**
   * One request; redirects are not followed. Fails when the answer is not what openapi.json
   * describes.
   *
   * @param headers name and value in turn
   */
  public HttpResponse<String> send(String method, URI url, String body, String... headers) {
    return send(method, url, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** The same, with bytes. */
  public HttpResponse<String> send(String method, URI url, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(PATIENCE)
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> answer =
          client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
      DescribedAnswers.check(method, answer);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + url, e);
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
