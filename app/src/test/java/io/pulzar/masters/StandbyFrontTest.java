package io.pulzar.masters;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.TestServer;
import io.pulzar.access.TestTokens;
import io.pulzar.http.Certificates;
import io.pulzar.http.HttpClients;
import io.pulzar.link.ClusterKey;
import io.pulzar.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A standby passes on what it gets, and answers for itself where it is asked how it is. */
final class StandbyFrontTest {

  @TempDir private Path directory;
  private final ToldElection election = new ToldElection();
  private TestServer leader;

  @BeforeEach
  void start() {
    leader =
        TestServer.in(directory.resolve("leader"))
            .set("pulzar.server.role", "master")
            .set("pulzar.server.key", "of all")
            .start();
  }

  @AfterEach
  void stop() {
    leader.close();
  }

  @Test
  void whatItGetsReachesTheLeader() throws Exception {
    election.leader = Optional.of(leader.master("").toString());
    Settings settings = settings(Map.of());
    try (StandbyFront front = StandbyFront.open(settings, 0, election, ClusterKey.of(settings));
        HttpClient client = HttpClients.client(settings).build()) {
      String large = "x".repeat(50_000);
      assertThat(send(client, "POST", front.url().resolve("/text/large"), large).statusCode())
          .isEqualTo(200);
      assertThat(send(client, "GET", leader.master("/text/large"), "").body()).contains(large);
      assertThat(send(client, "GET", front.url().resolve("/text/large"), "").body())
          .contains(large);
    }
  }

  @Test
  void itSaysOfItselfThatItStandsBy() throws Exception {
    election.leader = Optional.of(leader.master("").toString());
    Settings settings = settings(Map.of());
    try (StandbyFront front = StandbyFront.open(settings, 0, election, ClusterKey.of(settings));
        HttpClient client = HttpClients.client(settings).build()) {
      assertThat(send(client, "GET", front.url().resolve("/health"), "").body())
          .contains(
              "\"leader\":false", "\"ready\":true", "\"lag_ms\":7", leader.master("").toString());
      election.leader = Optional.empty();
      assertThat(send(client, "GET", front.url().resolve("/health"), "").body())
          .contains("\"ready\":false");
    }
  }

  @Test
  void aRequestWaitsForALeader() throws Exception {
    Settings settings = settings(Map.of());
    try (StandbyFront front = StandbyFront.open(settings, 0, election, ClusterKey.of(settings));
        HttpClient client = HttpClients.client(settings).build()) {
      HttpRequest request = HttpRequest.newBuilder(front.url().resolve("/admin/network")).build();
      CompletableFuture<HttpResponse<String>> answer =
          client.sendAsync(request, BodyHandlers.ofString());
      election.leader = Optional.of("http://127.0.0.1:1");
      assertThat(answer).isNotDone();
      election.leader = Optional.of(leader.master("").toString());
      assertThat(answer.join().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whatWasPassedOnToAnEarlierLeaderIsBrokenOff() throws Exception {
    Settings settings = settings(Map.of());
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        StandbyFront front = StandbyFront.open(settings, 0, election, ClusterKey.of(settings));
        HttpClient client = HttpClients.client(settings).build()) {
      election.leader = Optional.of("http://127.0.0.1:" + silent.getLocalPort());
      HttpRequest request = HttpRequest.newBuilder(front.url().resolve("/admin/network")).build();
      CompletableFuture<HttpResponse<String>> answer =
          client.sendAsync(request, BodyHandlers.ofString());
      try (Socket _ = silent.accept()) {
        front.breakOffWhatIsOver();
        assertThat(answer).isNotDone();
        election.leader = Optional.of(leader.master("").toString());
        // Java's client sends a GET once more by itself.
        Await.until(
            "the request is broken off",
            Duration.ofSeconds(30),
            () -> {
              front.breakOffWhatIsOver();
              return answer.isDone();
            });
      }
    }
  }

  @Test
  void whereNoneComesTheRequestIsRefusedAfterThePatience() throws Exception {
    Settings settings = settings(Map.of("pulzar.storage.patience", "200ms"));
    try (StandbyFront front = StandbyFront.open(settings, 0, election, ClusterKey.of(settings));
        HttpClient client = HttpClients.client(settings).build()) {
      HttpResponse<String> answer = send(client, "GET", front.url().resolve("/admin/network"), "");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("2");
      assertThat(answer.body()).contains("\"code\":\"no_leader\"");
    }
  }

  @Test
  void overHttpsItIsTheSame(@TempDir Path made) throws Exception {
    Certificates certificates = new Certificates(made, "ip:127.0.0.1");
    Map<String, String> secure =
        Map.of(
            "pulzar.tls.certificate", certificates.chain().toString(),
            "pulzar.tls.key", certificates.key().toString(),
            "pulzar.tls.trust", certificates.authority().toString());
    TestServer.Preparation prepared =
        TestServer.in(directory.resolve("secure"))
            .set("pulzar.server.role", "master")
            .set("pulzar.server.key", "of all");
    secure.forEach(prepared::set);
    Settings settings = settings(secure);
    try (TestServer other = prepared.start();
        StandbyFront front = StandbyFront.open(settings, 0, election, ClusterKey.of(settings));
        HttpClient client = HttpClients.client(settings).build()) {
      election.leader = Optional.of(other.master("").toString());
      assertThat(front.url().toString()).startsWith("https://");
      assertThat(send(client, "GET", front.url().resolve("/health"), "").body())
          .contains("\"leader\":false");
      assertThat(send(client, "POST", front.url().resolve("/text/a"), "of the text").statusCode())
          .isEqualTo(200);
      assertThat(send(client, "GET", front.url().resolve("/text/a"), "").body())
          .contains("of the text");
    }
  }

  @Test
  void theLeaderKnowsTheClientsAddress() throws Exception {
    Settings settings = settings(Map.of());
    InetAddress address = InetAddress.ofLiteral("127.0.0.5");
    try (TestServer asking = asking();
        StandbyFront front = StandbyFront.open(settings, 0, election, ClusterKey.of(settings));
        HttpClient client = HttpClients.client(settings).localAddress(address).build()) {
      election.leader = Optional.of(asking.master("").toString());
      assertThat(send(client, "POST", front.url().resolve("/text/whose"), "x").statusCode())
          .isEqualTo(401);
      assertThat(audited(asking)).contains("\"from\":\"127.0.0.5\",\"what\":\"POST /text/whose\"");
    }
  }

  @Test
  void nobodyElseSaysWhoAClientIs() throws Exception {
    try (TestServer asking = asking();
        HttpClient client = HttpClients.client(settings(Map.of())).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(asking.master("/text/claimed"))
              .header("Pulzar-Client-Address", "127.0.0.7")
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString("text=x"))
              .build();
      client.send(request, BodyHandlers.ofString());
      assertThat(audited(asking))
          .contains("\"from\":\"127.0.0.1\",\"what\":\"POST /text/claimed\"");
    }
    assertThat(answerTo("PULZAR-CLIENT 127.0.0.7 1 forged\nGET /ping HTTP/1.1\r\n\r\n")).isEmpty();
    assertThat(answerTo("PULZAR-CLIENT " + "7".repeat(500))).isEmpty();
    assertThat(answerTo("PUT /nowhere HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 4");
  }

  /** A leader that asks who one is. */
  private TestServer asking() {
    return TestServer.in(directory.resolve("asking"))
        .set("pulzar.server.role", "master")
        .set("pulzar.server.key", "of all")
        .set("pulzar.auth", "on")
        .start();
  }

  private static String audited(TestServer server) throws IOException, InterruptedException {
    String token = TestTokens.create(server, "reader", "administrator");
    HttpRequest request =
        HttpRequest.newBuilder(server.master("/access/audit"))
            .header("Authorization", "Bearer " + token)
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  /** What the leader says to these bytes, which come one by one, until it closes. */
  private String answerTo(String bytes) throws IOException {
    URI url = leader.master("");
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      for (byte one : bytes.getBytes(StandardCharsets.US_ASCII)) {
        socket.getOutputStream().write(one);
      }
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (SocketException reset) {
      return "";
    }
  }

  private Settings settings(Map<String, String> chosen) {
    Map<String, String> all = new HashMap<>(Map.of("pulzar.server.key", "of all"));
    all.putAll(chosen);
    return TestServer.settings(directory.resolve("standby"), all);
  }

  private static HttpResponse<String> send(HttpClient client, String method, URI url, String text)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .method(
                method,
                text.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString("value=" + text))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
