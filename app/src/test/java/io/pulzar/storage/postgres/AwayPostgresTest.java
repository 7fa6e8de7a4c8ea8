package io.pulzar.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.EmbeddedPostgres;
import io.pulzar.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients see while PostgreSQL is away for longer than the server has patience. */
final class AwayPostgresTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String FORM = "application/x-www-form-urlencoded";

  @TempDir private Path home;
  private EmbeddedPostgres postgres;
  private TestServer server;

  @BeforeEach
  void start() {
    postgres = EmbeddedPostgres.start("fsync=off");
    TestServer.Preparation prepared =
        TestServer.in(home)
            .set("pulzar.server.role", "master")
            .set("pulzar.storage.patience", "1s")
            .set("pulzar.storage.timeout", "1s");
    postgres.settings(home).forEach(prepared::set);
    server = prepared.start();
  }

  @AfterEach
  void stop() {
    try (EmbeddedPostgres last = postgres;
        TestServer first = server) {
      assertThat(last).isNotNull();
      assertThat(first).isNotNull();
    }
  }

  @Test
  void requestsAreRefusedWhileItIsGoneAndServedWhenItIsBack() {
    put("kept");
    postgres.kill();
    isRefused();
    postgres.restart();
    isServedAgain();
  }

  @Test
  void whileItIsSilentItIsTheSame() {
    put("kept");
    postgres.pause();
    try {
      isRefused();
    } finally {
      postgres.resume();
    }
    isServedAgain();
  }

  private void isRefused() {
    HttpResponse<String> written = send("POST", "/text/other", "value=x");
    assertThat(written.statusCode()).as(written.body()).isEqualTo(503);
    assertThat(written.body()).contains("storage_unavailable", "does not answer");
    assertThat(written.headers().firstValue("Retry-After")).isPresent();
    HttpResponse<String> read = send("GET", "/text/kept", "");
    assertThat(read.statusCode()).as(read.body()).isEqualTo(503);
    assertThat(read.body()).contains("storage_unavailable");
    HttpResponse<String> health = send("GET", "/health", "");
    assertThat(health.statusCode()).isEqualTo(503);
    assertThat(health.body()).contains("\"database\":{\"state\":\"down\"");
  }

  private void isServedAgain() {
    Await.until(
        "records are served again",
        PATIENCE,
        () -> send("GET", "/text/kept", "").statusCode() == 200);
    put("new");
    assertThat(send("GET", "/text/new", "").body()).contains("of the text");
    Await.until("it is well again", PATIENCE, () -> send("GET", "/health", "").statusCode() == 200);
  }

  private void put(String key) {
    HttpResponse<String> written = send("POST", "/text/" + key, "value=of+the+text");
    assertThat(written.statusCode()).as(written.body()).isEqualTo(200);
  }

  private HttpResponse<String> send(String method, String path, String body) {
    return server.send(method, server.master(path), body, "Content-Type", FORM);
  }
}
