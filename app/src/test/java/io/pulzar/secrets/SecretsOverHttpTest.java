package io.pulzar.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.CommandRun;
import io.pulzar.TestServer;
import io.pulzar.access.TestTokens;
import io.pulzar.jobs.ScriptedPython;
import io.pulzar.polyglot.Call;
import io.pulzar.polyglot.Outcome;
import io.pulzar.polyglot.RunEnvironment;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients and runs see of secrets, with a master, a node and played workers. */
final class SecretsOverHttpTest {

  private static final String VALUE = "hunter22";
  private static final Pattern JOB = Pattern.compile("\"job_id\":(\\d+)");
  private static final ScriptedPython PYTHON = new ScriptedPython(2);

  @TempDir private static Path directory;
  private static TestServer server;
  private static String administrator = "";
  private static String author = "";
  private static String shallow = "";
  private static String runner = "";

  @BeforeAll
  static void start() throws IOException {
    script("jobs/finance/report", "Secrets: DB_PASSWORD, API_KEY");
    script("jobs/finance/plain", "Category: x");
    script("jobs/ops/report", "Secrets: DB_PASSWORD");
    script("jobs/finance/wrong", "Secrets: db-password");
    script("jobs/finance/login", "Arguments: {\"user\": \"str\", \"password\": \"secret\"}");
    script("extensions/caller", "Secrets: CALLED");
    script("extensions/lost", "Secrets: NOT_THERE");
    PYTHON.on("caller", (call, listener, canceled) -> new Outcome.Completed("{\"data\":1}"));
    server =
        TestServer.in(directory)
            .python(() -> PYTHON)
            .set("pulzar.auth", "on")
            .set("pulzar.jobs.dir", directory.resolve("jobs").toString())
            .set("pulzar.extensions.dir", directory.resolve("extensions").toString())
            .set("pulzar.secrets.value", "100B")
            .set("pulzar.variables.value", "50B")
            .set("pulzar.secrets.name", "20")
            .start();
    administrator = TestTokens.create(server, "root", "administrator");
    author = TestTokens.create(server, "author", "author finance/**");
    shallow = TestTokens.create(server, "shallow", "author finance/*");
    runner = TestTokens.create(server, "runner", "runner");
  }

  private static void script(String path, String line) throws IOException {
    Path file = directory.resolve(path + ".py");
    Files.createDirectories(file.getParent());
    String name = file.getFileName().toString().replace(".py", "");
    String type = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    Files.writeString(
        file,
        "class %s:\n    def execute(self):\n        '''\n        %s\n        '''\n"
            .formatted(type, line));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aSecretIsListedWithoutItsValueAndNoRouteTellsIt() {
    set("LISTED", "finance", VALUE);
    HttpResponse<String> listed = asked("GET", "/admin/secrets", "", administrator);
    assertThat(listed.body())
        .contains("\"name\":\"LISTED\"", "\"folder\":\"finance\"", "\"changed_by\":\"root\"")
        .doesNotContain(VALUE);
    assertThat(asked("GET", "/admin/secrets/LISTED?folder=finance", "", administrator).statusCode())
        .isEqualTo(405);
    assertThat(asked("GET", "/access/audit", "", administrator).body())
        .contains("PUT /admin/secrets/LISTED")
        .doesNotContain(VALUE);
    assertThat(asked("GET", "/metrics", "", administrator).body()).doesNotContain(VALUE, "LISTED");
    assertThat(asked("DELETE", "/admin/secrets/LISTED?folder=finance", "", administrator).body())
        .contains("removed");
    assertThat(
            asked("DELETE", "/admin/secrets/LISTED?folder=finance", "", administrator).statusCode())
        .isEqualTo(404);
  }

  @Test
  void aVariableIsReadAgain() {
    String path = "/admin/variables/PLACE?folder=finance";
    assertThat(asked("PUT", path, "here", author).statusCode()).isEqualTo(200);
    assertThat(asked("GET", path, "", author).body()).contains("\"value\":\"here\"");
    assertThat(asked("GET", "/admin/variables", "", author).body()).contains("\"PLACE\"");
    assertThat(asked("DELETE", path, "", author).statusCode()).isEqualTo(200);
    assertThat(asked("GET", path, "", author).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/admin/secrets", "/admin/variables"})
  void anAuthorOfAFolderHasWhatIsThereAndNothingElse(String route) {
    assertThat(asked("PUT", route + "/OWN?folder=finance", "x", author).statusCode())
        .isEqualTo(200);
    assertThat(asked("PUT", route + "/OWN?folder=finance/deep", "x", author).statusCode())
        .isEqualTo(200);
    assertThat(asked("PUT", route + "/ELSE?folder=ops", "x", administrator).statusCode())
        .isEqualTo(200);
    assertThat(asked("PUT", route + "/ELSE", "x", administrator).statusCode()).isEqualTo(200);
    for (String place : List.of("/ELSE", "/ELSE?folder=ops", "/ELSE?folder=financeX")) {
      assertThat(asked("PUT", route + place, "y", author).statusCode()).as(place).isEqualTo(403);
      assertThat(asked("DELETE", route + place, "", author).statusCode()).as(place).isEqualTo(403);
    }
    assertThat(asked("PUT", route + "/OWN?folder=finance", "y", shallow).statusCode())
        .as("scripts of folders below get it too, which are not theirs")
        .isEqualTo(403);
    assertThat(asked("GET", route, "", author).body()).contains("OWN").doesNotContain("ELSE");
    assertThat(asked("GET", route, "", runner).statusCode()).isEqualTo(403);
    assertThat(asked("POST", "/admin/secrets/rotate", "", author).statusCode()).isEqualTo(403);
  }

  @Test
  void boundsAreKeptAndSaid() {
    assertThat(asked("PUT", "/admin/secrets/LONG", "x".repeat(101), administrator).body())
        .contains("value_too_large", "pulzar.secrets.value");
    assertThat(asked("PUT", "/admin/variables/LONG", "x".repeat(51), administrator).body())
        .contains("value_too_large", "pulzar.variables.value");
    assertThat(asked("PUT", "/admin/secrets/" + "A".repeat(20), "x", administrator).statusCode())
        .isEqualTo(200);
    for (String name : List.of("A".repeat(21), "lower", "1A", "A-B", "%C3%84")) {
      assertThat(asked("PUT", "/admin/secrets/" + name, "x", administrator).body())
          .as(name)
          .contains("bad_name");
    }
    for (String folder : List.of("/a", "a/", "a//b", "..", "a/../b", "a%20b", "a".repeat(256))) {
      assertThat(asked("PUT", "/admin/secrets/A?folder=" + folder, "x", administrator).body())
          .as(folder)
          .contains("bad_folder");
    }
    assertThat(asked("PUT", "/admin/secrets/A", "", administrator).body()).contains("bad_value");
    assertThat(asked("PUT", "/admin/secrets/A", "abcd\0e", administrator).body())
        .contains("bad_value");
  }

  @Test
  void aRunGetsWhatItsDocstringNamesAndEveryVariable() {
    set("DB_PASSWORD", "", "for all");
    set("DB_PASSWORD", "finance", VALUE);
    set("API_KEY", "", "key");
    set("OTHER", "finance", "not asked for");
    asked("PUT", "/admin/variables/SEEN?folder=finance", "yes", administrator);
    asked("PUT", "/admin/variables/UNSEEN?folder=ops", "no", administrator);
    RunEnvironment given = call("finance/report", "{}").environment();
    assertThat(given.secrets()).isEqualTo(Map.of("DB_PASSWORD", VALUE, "API_KEY", "key"));
    assertThat(given.variables()).containsEntry("SEEN", "yes").doesNotContainKey("UNSEEN");
    assertThat(call("finance/plain", "{}").environment().secrets()).isEmpty();
    assertThat(call("ops/report", "{}").environment().secrets())
        .isEqualTo(Map.of("DB_PASSWORD", "for all"));
    set("DB_PASSWORD", "ops", "changed");
    assertThat(call("ops/report", "{}").environment().secrets())
        .isEqualTo(Map.of("DB_PASSWORD", "changed"));
    asked("POST", "/admin/secrets/rotate", "", administrator);
    assertThat(call("ops/report", "{}").environment().secrets())
        .isEqualTo(Map.of("DB_PASSWORD", "changed"));
  }

  @Test
  void aSecretThatIsNotThereFailsTheRunAndSaysWhatToDo() throws IOException {
    script("jobs/lost/job", "Secrets: NOWHERE");
    Await.until("it is known", () -> !launch("lost/job", "{}").isEmpty());
    String job = ended(launch("lost/job", "{}"));
    assertThat(job)
        .contains("\"state\":\"failed\"")
        .contains("asks for the secret NOWHERE", "pulzar secrets set NOWHERE --folder lost");
    assertThat(asked("POST", "/launch_job/finance/wrong", "{}", administrator).body())
        .contains("bad_limits", "'db-password' is not the name of a secret");
  }

  @Test
  void anExtensionGetsItsSecretsToo() {
    assertThat(asked("GET", "/extension/lost", "", administrator).body())
        .contains("secret_missing", "NOT_THERE");
    set("CALLED", "", VALUE);
    asked("GET", "/extension/caller", "", administrator);
    Call call =
        PYTHON.calls.stream()
            .filter(one -> one.script().name().equals("caller"))
            .findFirst()
            .orElseThrow();
    assertThat(call.environment().secrets()).isEqualTo(Map.of("CALLED", VALUE));
  }

  @Test
  void aSecretParameterReachesTheScriptAndNobodyElse() {
    String sent = "{\"user\": \"jane\", \"password\": \"pass-word-22\"}";
    HttpResponse<String> launched =
        server.send(
            "POST",
            server.master("/launch_job/finance/login"),
            sent,
            "Authorization",
            "Bearer " + administrator,
            "Idempotency-Key",
            "login");
    String first = id(launched.body());
    Call call = callOf(first);
    assertThat(call.arguments()).startsWith(sent.substring(0, sent.length() - 1));
    assertThat(call.environment().concealed()).containsExactly("pass-word-22");
    assertThat(ended(first)).contains("\\\"***\\\"").doesNotContain("pass-word-22", "_pulzar");
    HttpResponse<String> again =
        server.send(
            "POST",
            server.master("/launch_job/finance/login"),
            sent,
            "Authorization",
            "Bearer " + administrator,
            "Idempotency-Key",
            "login");
    assertThat(id(again.body())).as(again.body()).isEqualTo(first);
    String rerun = id(asked("POST", "/admin/jobs/" + first + "/rerun", "", administrator).body());
    assertThat(callOf(rerun).arguments()).contains("pass-word-22");
    String scheduled =
        asked(
                "POST",
                "/launch_job/finance/login",
                "{\"password\": \"pass-word-33\","
                    + " \"scheduled\": {\"interval\": \"hours\", \"time_unit\": 1}}",
                administrator)
            .body();
    String schedule = id(scheduled);
    asked("POST", "/admin/scheduled_jobs/" + schedule + "/run", "", administrator);
    Await.until(
        "the schedule has run",
        () -> PYTHON.calls.stream().anyMatch(one -> one.arguments().contains("pass-word-33")));
    for (String path :
        List.of(
            "/admin/jobs/" + first,
            "/admin/jobs",
            "/admin/jobs?text=pass-word",
            "/admin/all_jobs",
            "/admin/scheduled_jobs",
            "/admin/scheduled_jobs/" + schedule)) {
      assertThat(asked("GET", path, "", administrator).body())
          .as(path)
          .doesNotContain("pass-word", "_pulzar_sealed");
    }
    assertThat(asked("POST", "/launch_job/finance/login", "{\"password\": []}", runner).body())
        .contains("bad_parameters", "password must be a text");
  }

  @Test
  void aBackupHasNothingInTheClear() throws IOException {
    set("BACKED_UP", "", "in-the-backup-22");
    ended(launch("finance/login", "{\"password\": \"in-the-backup-33\"}"));
    Path archive = directory.resolve("backup.zip");
    CommandRun backup = new CommandRun(typed -> TestServer.settings(directory, typed));
    assertThat(backup.run("backup", archive.toString(), "--server=" + server.master("/"))).isZero();
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        String content =
            new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(entry.getName()).doesNotContain("secrets.key");
        assertThat(content.contains("in-the-backup")).as(entry.getName()).isFalse();
      }
      assertThat(zip.stream().map(ZipEntry::getName)).anyMatch(name -> name.contains("secrets"));
    }
    Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
    CommandRun restore = new CommandRun(typed -> TestServer.settings(elsewhere, typed));
    assertThat(restore.run("restore", archive.toString())).isZero();
    assertThat(restore.out())
        .contains("its secrets can't be opened yet", "put the key ", "secrets.key");
  }

  private static void set(String name, String folder, String value) {
    String query = folder.isEmpty() ? "" : "?folder=" + folder;
    HttpResponse<String> answer =
        asked("PUT", "/admin/secrets/" + name + query, value, administrator);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** Runs a job, and returns how its script was called. */
  private static Call call(String script, String parameters) {
    return callOf(launch(script, parameters));
  }

  private static Call callOf(String job) {
    ended(job);
    return PYTHON.calls.stream()
        .filter(call -> call.id().equals("job " + job))
        .findFirst()
        .orElseThrow();
  }

  private static String launch(String script, String parameters) {
    Matcher found =
        JOB.matcher(asked("POST", "/launch_job/" + script, parameters, administrator).body());
    return found.find() ? found.group(1) : "";
  }

  private static String ended(String job) {
    String path = "/admin/jobs/" + job;
    Await.until(
        "job " + job + " has ended",
        () ->
            asked("GET", path, "", administrator)
                .body()
                .matches("(?s).*\"state\":\"(completed|failed)\".*"));
    return asked("GET", path, "", administrator).body();
  }

  private static String id(String launched) {
    Matcher found = JOB.matcher(launched);
    assertThat(found.find()).as(launched).isTrue();
    return found.group(1);
  }

  private static HttpResponse<String> asked(String method, String path, String body, String token) {
    return server.send(method, server.master(path), body, "Authorization", "Bearer " + token);
  }
}
