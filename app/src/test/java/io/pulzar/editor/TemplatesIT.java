package io.pulzar.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.pulzar.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page offers as a beginning runs as it stands, in a real worker, as a draft. */
final class TemplatesIT {

  private static final Path TEMPLATES =
      Path.of("src", "main", "web", "lib", "templates.js").toAbsolutePath();

  @TempDir private Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private ServerProcess server;
  private int port;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(isInstalled("node"), "node is not installed");
    Files.createDirectories(directory.resolve("jobs/mine"));
    Files.createDirectories(directory.resolve("extensions"));
    port = ServerProcess.freePort();
    server =
        ServerProcess.start(
                directory.resolve("home"),
                "--port=" + port,
                "--node-port=0",
                "--jobs=" + directory.resolve("jobs"),
                "--extensions=" + directory.resolve("extensions"))
            .awaitReady();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void eachTemplateRuns() throws Exception {
    assertThat(
            test("jobs/mine/hello", template("jobs", "function", "mine/hello"), "{\"times\": 2}"))
        .contains("\"state\":\"completed\"", "hello world\\nhello world", "\"greeted\":\"world\"");
    assertThat(
            test("jobs/mine/words", template("jobs", "class", "mine/words"), "{\"text\": \"a b\"}"))
        .contains("\"state\":\"completed\"", "counting 3 characters", "\"words\":2");
    HttpServer page =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    page.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 5);
          try (exchange) {
            exchange.getResponseBody().write("01234".getBytes(StandardCharsets.US_ASCII));
          }
        });
    page.start();
    try {
      assertThat(
              test(
                  "jobs/mine/page",
                  template("jobs", "fetch", "mine/page"),
                  "{\"url\": \"http://127.0.0.1:%d/\", \"key\": \"/pages/one\"}"
                      .formatted(page.getAddress().getPort())))
          .contains("\"state\":\"completed\"", "\"bytes\":5");
    } finally {
      page.stop(0);
    }
    assertThat(ask("GET", "/get_key/pages/one", "").body()).isEqualTo("01234");
    String adding = template("extensions", "extension", "adds");
    assertThat(
            ask(
                    "POST",
                    "/admin/test_runs/extensions/adds",
                    "{\"source\": %s, \"arguments\": [\"1\", \"2\"]}".formatted(adding))
                .body())
        .contains("\"state\":\"completed\"", "\"sum\":3");
  }

  private String test(String file, String source, String parameters) throws Exception {
    return ask(
            "POST",
            "/admin/test_runs/" + file,
            "{\"source\": %s, \"parameters\": %s}".formatted(source, parameters))
        .body();
  }

  private HttpResponse<String> ask(String method, String path, String body) throws Exception {
    HttpClient following =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();
    return (method.equals("GET") ? following : client)
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
  }

  /** The text as a JSON string. */
  private static String template(String kind, String name, String path) throws Exception {
    String program =
        """
        import(process.argv[1]).then(({ templates }) => {
          const found = templates[process.argv[2]].find(({ name }) => name === process.argv[3]);
          console.log(JSON.stringify(found.make(process.argv[4])));
        });
        """;
    Process node =
        new ProcessBuilder("node", "-e", program, TEMPLATES.toString(), kind, name, path)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String text = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(node.waitFor()).isZero();
    return text.strip();
  }

  private static boolean isInstalled(String program) throws InterruptedException {
    try {
      return new ProcessBuilder(program, "--version").start().waitFor() == 0;
    } catch (IOException missing) {
      return false;
    }
  }
}
