package io.pulzar.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.Await;
import io.pulzar.TestServer;
import io.pulzar.jobs.ScriptedPython;
import io.pulzar.polyglot.HostCallException;
import io.pulzar.rights.Grant;
import io.pulzar.roles.Role;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the folder of a script lets its runs do, on a node that has to ask its master. */
final class ScriptRightsTest {

  private static final String KEY = "the key of this cluster";
  private static final String SCRIPT = "class Report:\n    def execute(self):\n        pass\n";

  private static final String OK = "ok";

  @TempDir private Path directory;
  private final ScriptedPython python = new ScriptedPython(2);
  private TestServer master;
  private TestServer node;
  private String administrator = "";

  @BeforeEach
  void start() throws IOException {
    Path jobs = directory.resolve("jobs");
    for (String folder : List.of("finance", "ops")) {
      Files.createDirectories(jobs.resolve(folder));
      Files.writeString(jobs.resolve(folder).resolve("report.py"), SCRIPT);
    }
    master = master(jobs, "on");
    node = node(jobs);
    administrator = administrator();
    Await.until("the node is online", () -> get("/admin/network").contains("slots"));
  }

  private TestServer master(Path jobs, String auth) {
    return TestServer.in(directory.resolve("master"))
        .set("pulzar.auth", auth)
        .set("pulzar.server.role", "master")
        .set("pulzar.server.key", KEY)
        .set("pulzar.jobs.dir", jobs.toString())
        .start();
  }

  /** It trusts no answer of its master for longer than a question takes. */
  private TestServer node(Path jobs) {
    return TestServer.in(directory.resolve("node"))
        .python(() -> python)
        .joining(master, "one", KEY)
        .set("pulzar.auth", "on")
        .set("pulzar.access.recheck", "0s")
        .set("pulzar.jobs.dir", jobs.toString())
        .start();
  }

  private String administrator() {
    return master
        .context(Role.MASTER)
        .getBean(AccessStore.class)
        .createToken("all", List.of(Grant.OF_ADMINISTRATOR), Optional.empty())
        .toCompletableFuture()
        .join()
        .orElseThrow()
        .text();
  }

  @AfterEach
  void stop() {
    node.close();
    master.close();
  }

  @Test
  void whileNobodyGrantedTheFolderAnythingItsScriptsMayDoEverything() {
    assertThat(asked("finance/report", "records.put", shared("ops"))).doesNotContain("Error");
    assertThat(asked("finance/report", "keys.delete", "{\"key\": \"/ops/a\"}")).isEqualTo("false");
    assertThat(asked("finance/report", "jobs.launch", launch("ops/report"))).matches("\\d+");
  }

  @Test
  void afterwardsTheyMayDoThatAndNothingElse() {
    grant("folder:finance/**", "operator finance/**", "runner scripts=finance/** data=shared/fin");
    assertThat(asked("finance/report", "records.put", shared("fin"))).doesNotContain("Error");
    assertRefused("records.put", shared("ops"), "'write_data' for shared/ops");
    assertRefused("records.find", shared("ops"), "'read_data' for shared/ops");
    assertRefused("records.remove", shared("ops"), "'write_data' for shared/ops");
    assertRefused("keys.value", "{\"key\": \"/ops/a\"}", "'read_data' for /ops/a");
    assertRefused("keys.delete", "{\"key\": \"ops/a\"}", "'write_data' for ops/a");
    assertRefused("jobs.launch", launch("ops/report"), "'run' for ops/report");
    assertRefused("jobs.launch", launch("ops/report.py"), "'run' for ops/report");
    assertThat(asked("ops/report", "records.put", shared("ops"))).doesNotContain("Error");
  }

  @Test
  void ajobOfAnotherFolderIsOutOfReach() {
    String other = asked("finance/report", "jobs.launch", launch("ops/report"));
    grant("folder:finance/**", "operator finance/**", "runner finance/**");
    String own = asked("finance/report", "jobs.launch", launch("finance/report"));
    assertRefused("jobs.wait", "{\"job\": " + other + "}", "'view' for ops/report");
    assertRefused("jobs.cancel", "{\"job\": " + other + "}", "'operate' for ops/report");
    assertThat(asked("finance/report", "jobs.wait", "{\"job\": " + own + "}"))
        .contains("finance/report");
  }

  @Test
  void aValueOfOthersIsNoDetourByTheJobThatIsGivenIt() {
    grant("folder:finance/**", "runner finance/**");
    assertRefused(
        "jobs.launch",
        "{\"path\": \"finance/report\", \"parameters\": {\"pulzar_data\": \"/ops/a\"}}",
        "'read_data' for /ops/a");
  }

  @Test
  void listsLeaveOutWhatMayNotBeRead() throws Exception {
    for (String key : List.of("finance/a", "ops/a")) {
      put(key);
    }
    grant("folder:finance/**", "runner finance/**");
    for (String list : List.of("keys.page", "search")) {
      assertThat(asked("finance/report", list, "{\"limit\": 10, \"text\": \"a\"}"))
          .as(list)
          .contains("/finance/a")
          .doesNotContain("ops/a");
    }
    assertThat(asked("finance/report", "keys.value", "{\"key\": \"/finance/a\"}"))
        .contains("value_path");
  }

  @Test
  void aGrantTakenBackCountsAtTheNextCall() {
    grant("folder:finance/**", "viewer finance/**");
    assertRefused("records.put", shared("fin"), "'write_data'");
    HttpResponse<String> removed = send("DELETE", "/access/grants?subject=folder:finance/**", "");
    assertThat(removed.statusCode()).as(removed.body()).isEqualTo(200);
    assertThat(asked("finance/report", "records.put", shared("fin"))).doesNotContain("Error");
  }

  @Test
  void aRefusalIsInTheAuditLogWithTheScriptAndItsJob() {
    grant("folder:finance/**", "viewer finance/**");
    assertRefused("records.put", shared("ops"), "'write_data'");
    assertThat(get("/access/audit"))
        .contains("\"who\":\"script finance/report\"")
        .containsPattern("\"from\":\"job \\d+\"")
        .contains("\"what\":\"write_data shared/ops\",\"status\":403");
  }

  @Test
  void whereNobodyIsAskedScriptsAreNotEither() throws IOException {
    grant("folder:finance/**", "viewer finance/**");
    node.close();
    master.close();
    Path jobs = directory.resolve("jobs");
    master = master(jobs, "off");
    node = node(jobs);
    Await.until("the node is online", () -> get("/admin/network").contains("slots"));
    assertThat(asked("finance/report", "records.put", shared("ops"))).doesNotContain("Error");
  }

  @Test
  void aSubjectThatIsNoneIsRefusedWithTheRule() {
    assertThat(put("/access/grants", "{\"subject\": \"finance\", \"grants\": [\"viewer\"]}"))
        .contains("folder:finance/**");
    assertThat(put("/access/grants", "{\"subject\": \"folder:a/**/b\", \"grants\": [\"viewer\"]}"))
        .contains("** at its end only");
    assertThat(put("/access/grants", "{\"subject\": \"group:\", \"grants\": [\"viewer\"]}"))
        .contains("1 to 400 bytes");
  }

  private void assertRefused(String service, String arguments, String need) {
    assertThat(asked("finance/report", service, arguments))
        .as(service)
        .startsWith("PermissionError: ")
        .contains(need, "script finance/report", "pulzar grant");
  }

  /** What a run of the script is answered, or the exception that it sees. */
  private String asked(String script, String service, String arguments) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    python.on(
        script,
        (call, listener, canceled) -> {
          if (call.arguments().contains(OK)) {
            try {
              answer.complete(call.host().call(service, arguments, scratch()));
            } catch (HostCallException e) {
              answer.complete(e.type() + ": " + e.getMessage());
            }
          }
          return ScriptedPython.OK;
        });
    HttpResponse<String> launched =
        send("POST", "/launch_job/" + script, "{\"ask\": \"" + OK + "\"}");
    assertThat(launched.statusCode()).as(launched.body()).isEqualTo(200);
    Await.until(service + " is answered", answer::isDone);
    return answer.join();
  }

  private Path scratch() {
    return directory.resolve("scratch");
  }

  private static String shared(String name) {
    return "{\"kind\": \"shared\", \"name\": \"" + name + "\", \"value\": \"x\"}";
  }

  private static String launch(String path) {
    return "{\"path\": \"" + path + "\", \"parameters\": {}}";
  }

  private void grant(String subject, String... grants) {
    String list = "\"" + String.join("\", \"", grants) + "\"";
    assertThat(
            put("/access/grants", "{\"subject\": \"" + subject + "\", \"grants\": [" + list + "]}"))
        .contains("set");
  }

  private void put(String key) throws IOException {
    HttpResponse<String> sent = send("PUT", "/add_key/" + key, "value");
    String there = sent.headers().firstValue("Location").orElseThrow();
    assertThat(node.send("PUT", java.net.URI.create(there), "value").statusCode()).isEqualTo(201);
  }

  private String put(String path, String body) {
    return send("PUT", path, body).body();
  }

  private String get(String path) {
    return send("GET", path, "").body();
  }

  private HttpResponse<String> send(String method, String path, String body) {
    return master.send(
        method,
        master.master(path.replace("**", "%2A%2A")),
        body,
        "Content-Type",
        "application/json",
        "Authorization",
        "Bearer " + administrator);
  }
}
