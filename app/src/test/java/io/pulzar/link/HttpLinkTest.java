package io.pulzar.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.annotation.Requires;
import io.micronaut.json.JsonMapper;
import io.pulzar.TestServer;
import io.pulzar.http.ApiException;
import io.pulzar.settings.Settings;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpLinkTest extends LinkContract {

  private static final String NAME = "http-link-test";
  private static final Operation<Words, Words> COUNT = operation("probe.count");
  private static final AtomicInteger EFFECTS = new AtomicInteger();

  @TempDir static Path directory;
  private static TestServer server;
  private static HttpLinks links;

  @BeforeAll
  static void start() {
    server =
        TestServer.in(directory)
            .set("pulzar.server.role", "master")
            .set("pulzar.node.name", NAME)
            .start();
    links = links(TestServer.settings(directory, Map.of()));
  }

  @AfterAll
  static void stop() {
    links.close();
    server.close();
  }

  @Override
  Link link() {
    return links.to(server.master("").toString());
  }

  @Test
  void aServerOfAnotherClusterIsRefusedAndTheReasonArrives() {
    HttpLinks strangers =
        links(TestServer.settings(directory, Map.of("pulzar.server.key", "guessed")));
    Link link = strangers.to(server.master("").toString());
    assertThatThrownBy(() -> link.ask(COUNT, new Words(List.of())).toCompletableFuture().join())
        .hasCauseInstanceOf(ApiException.class)
        .hasMessageContaining("pulzar.server.key");
    assertThat(EFFECTS).hasValue(0);
    strangers.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/skynet/probe.count",
        "/skynet/add_record",
        "/skynet/sync",
        "/skynet/a/b",
        "/send_job",
        "/autodiscovery"
      })
  void withoutACredentialNothingHappens(String path) {
    for (String passport : List.of("bDQxNVM0TnQwNQ==", "v1:1:n:s")) {
      HttpResponse<String> answer =
          server.send("POST", server.master(path), "{\"words\":[]}", "passport", passport);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).contains("\"code\":\"unauthorized\"");
    }
    assertThat(server.send("POST", server.master(path), "{}").statusCode()).isEqualTo(401);
    assertThat(EFFECTS).hasValue(0);
  }

  @Test
  void whatWasOverheardCannotBeSentAgain() {
    byte[] body = "{\"words\":[]}".getBytes(StandardCharsets.UTF_8);
    String passport =
        Passport.sign(
                ClusterKey.of(TestServer.settings(directory, Map.of())),
                Passport.Subject.of("POST", "/skynet/probe.echo", body),
                Clock.systemUTC().instant(),
                "overheard")
            .header();
    assertThat(echo(body, passport)).isEqualTo(200);
    assertThat(echo(body, passport)).isEqualTo(401);
  }

  @Test
  void aServerThatIsNotThereIsDown() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    assertDown(links.to("http://127.0.0.1:" + port), ECHO);
  }

  @Test
  void aServerThatCannotSignItsAnswersIsNotBelieved() {
    assertDown(links.to(server.master("/health?").toString()), ECHO);
  }

  @Test
  void aServerThatDoesNotAnswerInTimeIsDown() throws IOException {
    try (ServerSocket silent = new ServerSocket(0)) {
      assertDown(
          links.to("http://127.0.0.1:" + silent.getLocalPort()),
          ECHO.patient(Duration.ofMillis(100)));
    }
  }

  private static void assertDown(Link link, Operation<Words, Words> operation) {
    assertThatThrownBy(() -> link.ask(operation, new Words(List.of())).toCompletableFuture().join())
        .hasCauseInstanceOf(LinkDownException.class);
  }

  private static int echo(byte[] body, String passport) {
    return server
        .send("POST", server.master("/skynet/probe.echo"), body, "passport", passport)
        .statusCode();
  }

  private static HttpLinks links(Settings settings) {
    return new HttpLinks(
        ClusterKey.of(settings), Clock.systemUTC(), JsonMapper.createDefault(), settings);
  }

  /** Answers the contract's questions, in this test's server only. */
  @Singleton
  @Requires(property = "pulzar.node.name", value = NAME)
  static final class Probe implements LinkHandlers {

    @Override
    public void register(LinkServer link) {
      offer(link);
      link.on(
          COUNT,
          words -> {
            EFFECTS.incrementAndGet();
            return CompletableFuture.completedStage(words);
          });
    }
  }
}
