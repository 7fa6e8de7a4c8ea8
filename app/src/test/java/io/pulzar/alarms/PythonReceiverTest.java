package io.pulzar.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.TestServer;
import io.pulzar.jobs.ScriptedPython;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The receiver of docs/alarms.md, as it stands there. */
final class PythonReceiverTest {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```python\\n(import base64.*?)```");

  private final Queue<String> said = new ConcurrentLinkedQueue<>();
  @TempDir private Path directory;

  @Test
  void theReceiverOfTheDocumentationTakesWhatIsSignedAndNothingElse() throws Exception {
    int port = freePort();
    Process receiver = start(port);
    try (TestServer server =
        TestServer.in(directory.resolve("server")).python(() -> new ScriptedPython(1)).start()) {
      URI url = URI.create("http://127.0.0.1:" + port + "/");
      Await.until("it listens", () -> status(url, "m", "1", "v1,x", "{}") != 0);
      assertThat(
              server
                  .send(
                      "PUT",
                      server.master("/admin/alarms/receivers/python"),
                      "{\"webhook\": \"" + url + "\", \"secret\": \"" + SECRET + "\"}",
                      "Content-Type",
                      "application/json")
                  .statusCode())
          .isEqualTo(201);
      assertThat(
              server.send("POST", server.master("/admin/alarms/receivers/python/test"), "").body())
          .contains("\"sent\":true", "answered 204");
      Await.until("it is printed", () -> said.contains("A test of alarms"));
      long now = System.currentTimeMillis() / 1_000;
      String body = "{\"title\": \"twice\"}";
      String good = signature("msg_1", now, body);
      assertThat(status(url, "msg_1", "" + now, good, body)).isEqualTo(204);
      assertThat(status(url, "msg_1", "" + now, good, body)).isEqualTo(204);
      assertThat(status(url, "msg_1", "" + now, good, body + " ")).isEqualTo(401);
      assertThat(status(url, "msg_2", "" + now, good, body)).isEqualTo(401);
      String old = signature("msg_3", now - 1_000, body);
      assertThat(status(url, "msg_3", "" + (now - 1_000), old, body)).isEqualTo(401);
      Await.until("it is printed", () -> said.contains("twice"));
      assertThat(said).containsOnlyOnce("twice");
    } finally {
      receiver.destroy();
      receiver.waitFor();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private Process start(int port) throws IOException {
    Matcher example = EXAMPLE.matcher(Files.readString(Path.of("..", "docs", "alarms.md")));
    assertThat(example.find()).isTrue();
    Path file = Files.writeString(directory.resolve("receiver.py"), example.group(1));
    ProcessBuilder builder =
        new ProcessBuilder("python3", file.toString(), Integer.toString(port))
            .redirectError(directory.resolve("errors").toFile());
    builder.environment().put("ALARM_SECRET", SECRET);
    Process process = builder.start();
    Thread.ofVirtual().start(() -> read(process));
    return process;
  }

  private void read(Process process) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      lines.lines().forEach(said::add);
    } catch (IOException e) {
      said.add("(broke off: " + e + ")");
    }
  }

  private static String signature(String id, long second, String body) {
    byte[] key = new WebhookTarget(URI.create("http://x/"), SECRET).key();
    return Signature.of(key, id, second, body.getBytes(StandardCharsets.UTF_8));
  }

  /** 0: nobody listens. */
  private int status(URI url, String id, String second, String signature, String body) {
    // A connection each: this server closes them without saying so before.
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(url)
                  .header("webhook-id", id)
                  .header("webhook-timestamp", second)
                  .header("webhook-signature", signature)
                  .POST(BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.discarding())
          .statusCode();
    } catch (ConnectException e) {
      return 0;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
