package io.pulzar.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.TestServer;
import io.pulzar.jobs.ScriptedPython;
import io.pulzar.rights.Grant;
import io.pulzar.roles.Role;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A right for one folder of scripts is none for another, by whatever route. */
final class FolderRightsTest {

  private static final String SCRIPT =
      """
      from pulzarcore.core_jobs import CoreJobs


      class Report(CoreJobs):
          def execute(self):
              '''
              Description: reports
              '''
              return True
      """;

  @TempDir private static Path home;
  private static TestServer server;
  private static String administrator = "";
  private static String finance = "";
  private static String job = "";
  private static String schedule = "";

  @BeforeAll
  static void start() throws IOException {
    for (String folder : List.of("finance", "ops")) {
      Path file = home.resolve("scripts").resolve(folder).resolve("report.py");
      Files.createDirectories(file.getParent());
      Files.writeString(file, SCRIPT);
    }
    server =
        TestServer.in(home)
            .set("pulzar.auth", "on")
            .set("pulzar.jobs.dir", home.resolve("scripts").toString())
            .python(() -> new ScriptedPython(1))
            .start();
    administrator = token("all", "administrator");
    finance = token("finance", "operator finance/**", "runner finance/**");
    job = id(asked("POST", "/launch_job/ops/report", "{}", administrator));
    schedule =
        id(
            asked(
                "POST",
                "/launch_job/ops/report",
                "{\"scheduled\": {\"interval\": \"hours\", \"time_unit\": 1}}",
                administrator));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whatIsInTheFolderCanBeLaunchedAndSeen() {
    String own = id(asked("POST", "/launch_job/finance/report", "{}", finance));
    assertThat(asked("GET", "/admin/jobs/" + own, "", finance).statusCode()).isEqualTo(200);
    assertThat(asked("GET", "/admin/all_jobs", "", finance).body()).contains("finance/report");
  }

  @Test
  void noRouteAboutAnotherFoldersScriptIsOpen() {
    for (String path :
        List.of("/admin/jobs/" + job, "/admin/jobs/" + job + "/log", "/admin/scripts/ops/report")) {
      assertThat(asked("GET", path, "", finance).statusCode()).as(path).isEqualTo(403);
    }
    for (String path :
        List.of(
            "/launch_job/ops/report",
            "/launch_job/ops/report.py",
            "/launch_job//ops/report",
            "/launch_job/ops%2Freport",
            "/admin/jobs/" + job + "/cancel",
            "/admin/jobs/" + job + "/rerun",
            "/cancel_job/" + schedule,
            "/admin/scheduled_jobs/" + schedule + "/pause")) {
      assertThat(asked("POST", path, "{}", finance).statusCode()).as(path).isIn(400, 403);
    }
  }

  @Test
  void anAuthorOfAFolderWritesNothingElsewhere() {
    String author = token("author", "author finance/**");
    String draft = "{\"source\": \"def main(): pass\"}";
    for (String file :
        List.of(
            "jobs/ops/report",
            "jobs/ops/new",
            "jobs//ops/report",
            "jobs/ops%2Freport",
            "extensions/ocr")) {
      assertThat(asked("PUT", "/admin/sources/" + file, "x = 1", author).statusCode())
          .as(file)
          .isIn(400, 403);
      assertThat(asked("DELETE", "/admin/sources/" + file, "", author).statusCode())
          .as(file)
          .isIn(400, 403);
      assertThat(asked("POST", "/admin/test_runs/" + file, draft, author).statusCode())
          .as(file)
          .isIn(400, 403);
      assertThat(asked("GET", "/admin/sources/" + file, "", author).statusCode())
          .as(file)
          .isIn(400, 403);
      assertThat(asked("GET", "/admin/source_versions/" + file, "", author).statusCode())
          .as(file)
          .isIn(400, 403);
    }
    assertThat(home.resolve("scripts/ops/report.py")).hasContent(SCRIPT);
    assertThat(asked("PUT", "/admin/sources/jobs/finance/new", "x = 1", author).statusCode())
        .isEqualTo(201);
    assertThat(asked("PUT", "/admin/sources/jobs/finance/new", "x = 2", finance).statusCode())
        .isEqualTo(403);
  }

  @Test
  void aScriptIsNotGivenAValueThatItsLauncherMayNotRead() {
    String body = "{\"pulzar_data\": \"/ops/a\"}";
    assertThat(asked("POST", "/launch_job/finance/report", body, finance).statusCode())
        .isEqualTo(403);
    assertThat(asked("POST", "/launch_job/finance/report", body, administrator).statusCode())
        .isEqualTo(404);
  }

  @Test
  void noListNamesAnotherFoldersScript() {
    for (String path :
        List.of(
            "/admin/all_jobs",
            "/admin/jobs",
            "/admin/job_catalog",
            "/admin/scheduled_jobs",
            "/admin/scheduled_jobs/ok",
            "/admin/scheduled_jobs/failed",
            "/admin/statistics")) {
      HttpResponse<String> answer = asked("GET", path, "", finance);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.body()).as(path).doesNotContain("ops/report");
    }
    assertThat(asked("GET", "/admin/all_jobs", "", administrator).body()).contains("ops/report");
  }

  private static String token(String name, String... grants) {
    return server
        .context(Role.MASTER)
        .getBean(AccessStore.class)
        .createToken(name, List.of(grants).stream().map(Grant::parse).toList(), Optional.empty())
        .toCompletableFuture()
        .join()
        .orElseThrow()
        .text();
  }

  private static HttpResponse<String> asked(String method, String path, String body, String token) {
    return server.send(method, server.master(path), body, "Authorization", "Bearer " + token);
  }

  private static String id(HttpResponse<String> launched) {
    assertThat(launched.statusCode()).as(launched.body()).isEqualTo(200);
    Matcher found = Pattern.compile("\"job_id\":(\\d+)").matcher(launched.body());
    assertThat(found.find()).isTrue();
    return found.group(1);
  }
}
