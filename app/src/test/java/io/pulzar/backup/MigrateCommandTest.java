package io.pulzar.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.CommandRun;
import io.pulzar.EmbeddedPostgres;
import io.pulzar.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a master keeps moves to PostgreSQL and back, and is the same. */
final class MigrateCommandTest {

  private static final String FORM = "application/x-www-form-urlencoded";

  @TempDir private Path directory;
  private String said = "";

  @Test
  void aHomeMovesToPostgresAndBack() throws IOException {
    EmbeddedPostgres postgres = EmbeddedPostgres.shared();
    Map<String, String> there = postgres.settings(directory);
    try (TestServer home = TestServer.in(directory).start()) {
      put(home, "first");
    }
    assertThat(migrate(there, false, "--to", postgres.url())).as(said).isZero();
    assertThat(said).contains("records  ").contains("All of it is the same there");
    TestServer.Preparation moved = TestServer.in(directory);
    there.forEach(moved::set);
    try (TestServer server = moved.start()) {
      assertThat(has(server, "first")).isTrue();
      put(server, "second");
      assertThat(migrate(there, true, "--to", "home")).isEqualTo(3);
      assertThat(said).contains("stop it");
    }
    assertThat(migrate(there, true, "--to", "home")).isEqualTo(3);
    assertThat(said).contains("already");
    Files.move(directory.resolve("home/master"), directory.resolve("home/before"));
    assertThat(migrate(there, true, "--to", "home")).as(said).isZero();
    try (TestServer back = TestServer.in(directory).start()) {
      assertThat(has(back, "first")).isTrue();
      assertThat(has(back, "second")).isTrue();
    }
  }

  @Test
  void whatIsThereAlreadyIsNotMoved() {
    assertThat(migrate(Map.of(), false, "--to", "home")).isEqualTo(2);
    assertThat(said).contains("there already");
  }

  /**
   * @param from whether the settings say that it is in PostgreSQL now
   */
  private int migrate(Map<String, String> there, boolean from, String... words) {
    List<String> line = new ArrayList<>(List.of("migrate"));
    line.addAll(List.of(words));
    there.forEach(
        (name, value) -> {
          if (from || !name.equals("pulzar.storage")) {
            line.addAll(List.of("--set", name + "=" + value));
          }
        });
    CommandRun command = new CommandRun(typed -> TestServer.settings(directory, typed));
    int status = command.run(line.toArray(String[]::new));
    said = command.said();
    return status;
  }

  private static void put(TestServer server, String record) {
    assertThat(
            server
                .send("POST", server.master("/text/" + record), "value=x", "Content-Type", FORM)
                .statusCode())
        .isEqualTo(200);
  }

  private static boolean has(TestServer server, String record) {
    return server.send("GET", server.master("/text/" + record), "").statusCode() == 200;
  }
}
