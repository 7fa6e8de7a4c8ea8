package io.pulzar.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pulzar.Await;
import io.pulzar.CommandRun;
import io.pulzar.TestServer;
import io.pulzar.http.Certificates;
import io.pulzar.http.HttpClients;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master and a node that speak https to each other and to clients. */
class TlsTest {

  @TempDir private static Path made;
  private static Certificates certificates;
  @TempDir private Path directory;
  private TestServer master;

  @BeforeAll
  static void makeCertificates() throws Exception {
    certificates = new Certificates(made, "ip:127.0.0.1");
  }

  @BeforeEach
  void start() {
    master =
        TestServer.in(directory.resolve("master"))
            .set("pulzar.server.role", "master")
            .set("pulzar.server.key", "the key")
            .set("pulzar.tls.certificate", certificates.chain().toString())
            .set("pulzar.tls.key", certificates.key().toString())
            .set("pulzar.tls.trust", certificates.authority().toString())
            .start();
  }

  @AfterEach
  void stop() {
    master.close();
  }

  @Test
  void aNodeThatTrustsTheAuthorityJoinsAndTakesValues() throws Exception {
    try (TestServer node = node(Map.of("pulzar.tls.trust", certificates.authority().toString()));
        HttpClient client =
            client(Map.of("pulzar.tls.trust", certificates.authority().toString()))) {
      URI network = master.master("/admin/network");
      Await.until("it is listed", () -> body(client, "GET", network, "").contains("\"one\""));
      assertThat(body(client, "GET", network, "")).contains(node.node("").toString(), "https://");
      URI put = master.master("/add_key/a");
      assertThat(body(client, "PUT", put, "of the value")).contains("https://", "key added");
      assertThat(body(client, "GET", master.master("/get_key/a"), "")).isEqualTo("of the value");
      String large = "of a large value ".repeat(100_000);
      assertThat(body(client, "PUT", master.master("/add_key/b"), large)).contains("key added");
      assertThat(body(client, "GET", master.master("/get_key/b"), "")).isEqualTo(large);
    }
  }

  @Test
  void aNodeThatDoesNotTrustItNeverJoinsAndKnowsWhy() {
    try (TestServer node = node(Map.of())) {
      URI health = URI.create(node.node("/health").toString());
      try (HttpClient client =
          client(Map.of("pulzar.tls.trust", certificates.authority().toString()))) {
        Await.until(
            "it knows why", () -> body(client, "GET", health, "").contains("pulzar.tls.trust"));
        assertThat(body(client, "GET", master.master("/admin/network"), ""))
            .contains("\"data\":[]");
      }
    }
  }

  @Test
  void aClientThatDoesNotTrustItGetsNoAnswer() {
    try (HttpClient client = client(Map.of())) {
      HttpRequest request = HttpRequest.newBuilder(master.master("/health")).build();
      assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void theCommandsTrustWhomTheSettingSays() {
    String url = master.master("").toString();
    assertThat(
            command(
                Map.of(
                    "pulzar.node.master",
                    url,
                    "pulzar.tls.trust",
                    certificates.authority().toString())))
        .startsWith("0 ");
    assertThat(command(Map.of("pulzar.node.master", url)))
        .startsWith("4 ")
        .contains("pulzar.tls.trust");
  }

  @Test
  void aFileThatIsNotThereStopsTheStart() {
    TestServer.Preparation server =
        TestServer.in(directory.resolve("bad")).set("pulzar.tls.certificate", "/nowhere.pem");
    assertThatThrownBy(server::start)
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("pulzar.tls.certificate=/nowhere.pem");
  }

  @Test
  void aCertificateWithoutItsKeyStopsTheStart() {
    TestServer.Preparation server =
        TestServer.in(directory.resolve("bad"))
            .set("pulzar.tls.certificate", certificates.chain().toString());
    assertThatThrownBy(server::start)
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("pulzar.tls.key");
  }

  @Test
  void aWrongPasswordStopsTheStart() {
    TestServer.Preparation server =
        TestServer.in(directory.resolve("bad"))
            .set("pulzar.tls.certificate", certificates.keyStore().toString())
            .set("pulzar.tls.password", "a guess");
    assertThatThrownBy(server::start)
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("pulzar.tls.password");
  }

  @Test
  void aKeyOfAnotherCertificateStopsTheStart() throws Exception {
    Certificates others = new Certificates(directory.resolve("others"), "ip:127.0.0.1");
    TestServer.Preparation server =
        TestServer.in(directory.resolve("bad"))
            .set("pulzar.tls.certificate", certificates.chain().toString())
            .set("pulzar.tls.key", others.key().toString());
    assertThatThrownBy(server::start)
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("pulzar.tls.key");
  }

  @Test
  void certificatesToTrustThatAreNoneStopTheStart() {
    TestServer.Preparation server =
        TestServer.in(directory.resolve("bad"))
            .set("pulzar.tls.trust", certificates.key().toString());
    assertThatThrownBy(server::start)
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("pulzar.tls.trust");
  }

  /** With a key store of its own. */
  private TestServer node(Map<String, String> more) {
    TestServer.Preparation node =
        TestServer.in(directory.resolve("node"))
            .joining(master, "one", "the key")
            .set("pulzar.tls.certificate", certificates.keyStore().toString())
            .set("pulzar.tls.password", Certificates.PASSWORD);
    more.forEach(node::set);
    return node.start();
  }

  private HttpClient client(Map<String, String> settings) {
    return HttpClients.client(TestServer.settings(directory, settings))
        .followRedirects(HttpClient.Redirect.NORMAL)
        .build();
  }

  private static String body(HttpClient client, String method, URI url, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      return answer.body();
    } catch (IOException e) {
      throw new IllegalStateException(url + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Its status and what it printed. */
  private String command(Map<String, String> chosen) {
    Settings settings = TestServer.settings(directory, chosen);
    CommandRun typed = CommandRun.with(settings);
    return typed.run("jobs") + " " + typed.said();
  }
}
