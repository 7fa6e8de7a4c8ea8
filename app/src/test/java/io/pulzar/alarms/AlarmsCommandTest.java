package io.pulzar.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.CommandRun;
import io.pulzar.TestServer;
import io.pulzar.jobs.ScriptedPython;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command, and a backup, with a real server and a real receiver. */
final class AlarmsCommandTest {

  private final CommandRun command = new CommandRun(typed -> TestServer.settings(directory, typed));
  @TempDir private static Path directory;
  private static TestServer server;
  private TestReceiver receiver;

  @BeforeAll
  static void start() {
    server = in(directory).start();
  }

  private static TestServer.Preparation in(Path home) {
    return TestServer.in(home).python(() -> new ScriptedPython(1));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void receive() throws IOException {
    receiver = new TestReceiver();
  }

  @AfterEach
  void end() {
    receiver.close();
  }

  private int run(String... typed) {
    return command.run(
        Stream.of(
                Stream.of("alarms"), Stream.of(typed), Stream.of("--server=" + server.master("/")))
            .flatMap(words -> words)
            .toArray(String[]::new));
  }

  private String printed() {
    return command.out() + command.err();
  }

  @Test
  void aReceiverAndARuleAreAddedTriedListedAndRemoved() {
    assertThat(run("add", "receiver", "ops", "--webhook", receiver.url("/x"))).isZero();
    assertThat(printed()).contains("receiver ops set", "shown this once", "whsec_");
    assertThat(
            run(
                "add",
                "rule",
                "all",
                "--to=ops",
                "--scripts=finance/**",
                "--on",
                "failure,recovery",
                "--late=26h",
                "--waiting=10m",
                "--every=1d"))
        .isZero();
    assertThat(printed()).contains("rule all set");
    assertThat(run("test", "ops")).isZero();
    assertThat(receiver.taken("A test of alarms")).hasSize(1);
    assertThat(printed()).contains(": taken, answered 204");
    receiver.answer = request -> 500;
    assertThat(run("test", "ops")).isEqualTo(1);
    assertThat(printed()).contains(": not taken, answered 500");
    assertThat(run()).isZero();
    assertThat(printed().replaceAll(" +", " "))
        .contains("ops webhook " + receiver.url("/…"))
        .contains("all finance/** failure, recovery, late 26h, waiting 10m, every 1d ops")
        .contains("NOTICE OF STATE");
    assertThat(run("remove", "receiver", "ops")).isEqualTo(3);
    assertThat(printed()).contains("is told by the rules all");
    assertThat(run("remove", "rule", "all")).isZero();
    assertThat(run("remove", "receiver", "ops")).isZero();
    assertThat(run("add", "receiver", "joe", "--mail", "joe@example.org")).isEqualTo(3);
    assertThat(printed()).contains("set pulzar.alarms.smtp.host");
  }

  @Test
  void aMistakeOfUseIsSaid() {
    for (String[] typed :
        new String[][] {
          {"paint"},
          {"add", "ops"},
          {"add", "person", "ops"},
          {"add", "receiver", "o/ps", "--webhook=http://x/"},
          {"add", "receiver", "ops", "--late=1h"},
          {"add", "rule", "all", "--mail=a@b.c"},
          {"test"},
          {"remove", "receiver"}
        }) {
      assertThat(run(typed)).as(String.join(" ", typed)).isEqualTo(2);
    }
  }

  @Test
  void aBackupHasAlarmsAndNothingOfThemInTheClear() throws IOException {
    run("add", "receiver", "kept", "--webhook", receiver.url("/token-in-the-path"));
    String secret = printed().replaceAll("(?s).*(whsec_\\S+).*", "$1");
    run("add", "rule", "kept", "--to=kept");
    Path archive = directory.resolve("backup.zip");
    assertThat(command.run("backup", archive.toString(), "--server=" + server.master("/")))
        .isZero();
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        String content =
            new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(content.contains("token-in-the-path") || content.contains(secret))
            .as(entry.getName())
            .isFalse();
      }
    }
    Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
    CommandRun restore = new CommandRun(typed -> TestServer.settings(elsewhere, typed));
    assertThat(restore.run("restore", archive.toString())).isZero();
    assertThat(restore.out() + restore.err()).contains("its secrets can't be opened yet");
    Files.copy(directory.resolve("home/secrets.key"), elsewhere.resolve("home/secrets.key"));
    try (TestServer restored = in(elsewhere).start()) {
      assertThat(restored.send("GET", restored.master("/admin/alarms"), "").body())
          .contains("\"name\":\"kept\"", "\"to\":[\"kept\"]");
      restored.send("POST", restored.master("/admin/alarms/receivers/kept/test"), "");
    }
    assertThat(receiver.all).hasSize(1);
    assertThat(receiver.all.getFirst().signature()).startsWith("v1,");
    run("remove", "rule", "kept");
    run("remove", "receiver", "kept");
  }
}
