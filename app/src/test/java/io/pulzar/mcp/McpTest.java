package io.pulzar.mcp;

import static io.pulzar.mcp.Agent.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.pulzar.TestServer;
import io.pulzar.access.TestTokens;
import io.pulzar.jobs.ScriptedPython;
import io.pulzar.polyglot.Outcome;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents with the SDK's own client, and without it where that would not say such things. */
final class McpTest {

  private static final String SECRET = "correct horse battery";
  private static final ScriptedPython PYTHON = new ScriptedPython(4);

  @TempDir private static Path directory;
  private static TestServer server;
  private static final List<Agent> AGENTS = new ArrayList<>();
  private static Agent runner;
  private static String runnersToken = "";
  private static String administrator = "";

  @BeforeAll
  static void start() throws IOException {
    write(
        "finance/report",
        "def main(name: str, times: int = 2, notes: list = None):\n    '''Description: Reports'''\n");
    write(
        "finance/pays",
        "def main(pin: int):\n    '''\n    Description: Pays\n    Arguments: {\"pin\": \"secret int\"}\n    '''\n");
    write("finance/waits", "def main(**more):\n    pass\n");
    write("finance/fails", "def main(**more):\n    pass\n");
    write("finance/unsure", "def main():\n    '''Timeout: soon'''\n");
    write("ops/cleans", "def main():\n    pass\n");
    write("pulzar_job", "def main():\n    pass\n");
    write("número/añadir", "def main(größe: float):\n    '''Description: Ünïcode'''\n");
    PYTHON.on(
        "finance/report",
        (call, listener, canceled) -> {
          listener.log("a first line\nü and 😀\n");
          listener.output("x".repeat(3_000));
          return new Outcome.Completed("{\"ok\":true,\"result\":{\"rows\": 12}}");
        });
    PYTHON.on(
        "finance/waits",
        (call, listener, canceled) -> {
          listener.log("it waits\n");
          canceled.toCompletableFuture().join();
          return new Outcome.Canceled();
        });
    PYTHON.on(
        "finance/fails",
        (call, listener, canceled) -> new Outcome.Raised("ValueError", "on purpose", "at 3"));
    server =
        TestServer.in(directory)
            .set("pulzar.auth", "on")
            .set("pulzar.mcp.enabled", "yes")
            .set("pulzar.mcp.wait", "3s")
            .set("pulzar.mcp.page", "3")
            .set("pulzar.mcp.answer", "1KB")
            .set("pulzar.jobs.parameters", "8KB")
            .set("pulzar.server.grace", "100ms")
            .python(() -> PYTHON)
            .start();
    runnersToken = TestTokens.create(server, "agent", "runner finance/**");
    administrator = TestTokens.create(server, "jane", "administrator");
    runner = agent(runnersToken);
  }

  private static void write(String path, String source) throws IOException {
    Path file = directory.resolve("jobs").resolve(path + ".py");
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
  }

  private static Agent agent(String token) {
    Agent agent = new Agent(server, Optional.of(token));
    AGENTS.add(agent);
    agent.begin();
    return agent;
  }

  @AfterAll
  static void stop() {
    AGENTS.forEach(Agent::close);
    server.close();
  }

  private static HttpResponse<String> post(String token, String body, String... more) {
    List<String> headers =
        new ArrayList<>(List.of("Content-Type", "application/json", "Accept", "application/json"));
    if (!token.isEmpty()) {
      headers.addAll(List.of("Authorization", "Bearer " + token));
    }
    headers.addAll(List.of(more));
    return server.send("POST", server.master("/mcp"), body, headers.toArray(String[]::new));
  }

  @Test
  void anAgentIsToldWhatThisIsAndWhichVersionIsSpoken() {
    Agent agent = new Agent(server, Optional.of(runnersToken));
    AGENTS.add(agent);
    var begun = agent.begin();
    agent.ping();
    assertThat(begun.serverInfo().name()).isEqualTo("pulzar");
    assertThat(begun.capabilities().tools()).isNotNull();
    assertThat(begun.capabilities().prompts()).isNull();
    assertThat(McpServer.VERSIONS).contains(begun.protocolVersion());
    assertThat(begun.instructions()).contains("pulzar_job");
  }

  @Test
  void theListHoldsWhatMayBeLaunchedAndNothingElse() {
    assertThat(runner.names())
        .containsExactly(
            "pulzar_job",
            "pulzar_job_log",
            "finance__fails",
            "finance__pays",
            "finance__report",
            "finance__waits");
    assertThat(agent(administrator).tools())
        .extracting(Tool::title)
        .contains("ops/cleans", "pulzar_job", "número/añadir")
        .doesNotContain("finance/unsure");
  }

  @Test
  void whoMayNotRunSeesNoScript() {
    Agent viewer = agent(TestTokens.create(server, "viewer", "viewer"));
    assertThat(viewer.names()).containsExactly("pulzar_job", "pulzar_job_log");
    assertThatThrownBy(() -> viewer.call("ops__cleans", Map.of()))
        .hasMessageContaining("there is no tool ops__cleans");
  }

  @Test
  void theListComesInPages() {
    assertThat(runner.pages()).extracting(page -> page.tools().size()).containsExactly(5, 1);
  }

  @Test
  void aSchemaSaysWhatALaunchWouldBeCheckedBy() {
    Tool report = tool("finance/report");
    assertThat(report.description()).isEqualTo("Reports");
    assertThat(report.inputSchema())
        .containsEntry("type", "object")
        .containsEntry("required", List.of("name"))
        .containsEntry("additionalProperties", false)
        .containsEntry(
            "properties",
            Map.of(
                "name", Map.of("type", "string"),
                "times", Map.of("type", "integer"),
                "notes", Map.of("type", "array")));
    assertThat(tool("finance/waits").inputSchema()).containsEntry("additionalProperties", true);
    assertThat(tool("finance/waits").description()).contains("finance/waits");
  }

  @Test
  void aSecretIsMarked() {
    assertThat(String.valueOf(tool("finance/pays").inputSchema().get("properties")))
        .contains("writeOnly=true")
        .contains("format=password");
  }

  private static Tool tool(String path) {
    return runner.tools().stream()
        .filter(tool -> path.equals(tool.title()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aCallIsAnsweredWithWhatTheRunLeft() {
    CallToolResult answer = runner.call("finance__report", Map.of("name", "Jane", "times", 3));
    assertThat(answer.isError()).isFalse();
    assertThat(document(answer))
        .containsEntry("script", "finance/report")
        .containsEntry("state", "completed")
        .containsEntry("result", Map.of("rows", 12))
        .containsEntry("output", "x".repeat(1_024))
        .containsEntry("output_cut", true)
        .containsKeys("job_id", "created", "started", "ended")
        .doesNotContainKeys("next", "error");
    assertThat(((TextContent) answer.content().getFirst()).text())
        .contains("\"state\":\"completed\"");
  }

  @Test
  void argumentsReachTheScriptAsTheyWereWritten() {
    String call =
        """
        {"jsonrpc": "2.0", "id": "seven", "method": "tools/call",
         "params": {"_meta": {"arguments": {}}, "name": "finance__fails",
                    "arguments": {"x": 2.50, "y": 12345678901234567890123, "z": 1e400, "ü": "😀"}}}
        """;
    HttpResponse<String> answer = post(runnersToken, call);
    assertThat(answer.body()).startsWith("{\"jsonrpc\":\"2.0\",\"id\":\"seven\",\"result\":");
    assertThat(PYTHON.calls)
        .anyMatch(
            made ->
                made.arguments()
                    .startsWith(
                        "{\"x\": 2.50, \"y\": 12345678901234567890123, \"z\": 1e400, \"ü\": \"😀\","));
  }

  @Test
  void aRunThatFailsIsAnErrorOfTheTool() {
    CallToolResult answer = runner.call("finance__fails", Map.of());
    assertThat(answer.isError()).isTrue();
    assertThat(document(answer))
        .containsEntry("state", "failed")
        .containsEntry("error", "ValueError: on purpose");
  }

  @Test
  void aLongRunGoesOnAndIsFollowed() {
    CallToolResult answer = runner.call("finance__waits", Map.of());
    assertThat(answer.isError()).isFalse();
    assertThat(document(answer)).containsEntry("state", "running").containsKey("next");
    Object job = document(answer).get("job_id");
    assertThat(document(runner.call("pulzar_job_log", Map.of("job_id", job))))
        .containsEntry("log", "it waits\n")
        .containsEntry("next_offset", 9)
        .containsEntry("more", false);
    server.send(
        "POST",
        server.master("/admin/jobs/" + job + "/cancel"),
        "",
        "Authorization",
        "Bearer " + administrator);
    CallToolResult later = runner.call("pulzar_job", Map.of("job_id", job, "wait_seconds", 3));
    assertThat(later.isError()).isTrue();
    assertThat(document(later)).containsEntry("state", "canceled");
  }

  @Test
  void aLogComesInPartsThatTakeNoCharacterApart() {
    Object job = document(runner.call("finance__report", Map.of("name", "x"))).get("job_id");
    for (int offset = 0; offset < 24; offset++) {
      CallToolResult part = runner.call("pulzar_job_log", Map.of("job_id", job, "offset", offset));
      assertThat(part.isError()).isFalse();
    }
    assertThat(document(runner.call("pulzar_job_log", Map.of("job_id", job, "offset", 1_000_000))))
        .containsEntry("log", "");
  }

  @Test
  void aRefusalIsToldToTheModel() {
    CallToolResult missing = runner.call("finance__report", Map.of("times", "many"));
    assertThat(missing.isError()).isTrue();
    assertThat(document(missing))
        .containsEntry("code", "bad_parameters")
        .extractingByKey("error")
        .asString()
        .contains("name is missing", "times must be a whole number");
    assertThat(
            document(
                runner.call("finance__fails", Map.of("scheduled", Map.of("cron", "* * * * *")))))
        .containsEntry("code", "bad_parameters");
    assertThat(document(runner.call("finance__fails", Map.of("text", "y".repeat(9_000)))))
        .containsEntry("code", "parameters_too_large");
    assertThat(document(runner.call("finance__fails", Map.of("pulzar_data", "ops/secret"))))
        .containsEntry("code", "forbidden");
    assertThat(document(runner.call("pulzar_job", Map.of())))
        .containsEntry("code", "bad_parameters");
    assertThat(document(runner.call("pulzar_job", Map.of("job_id", "x"))))
        .containsEntry("code", "bad_parameters");
    assertThat(document(runner.call("pulzar_job", Map.of("job_id", 1, "wait_seconds", 1e9))))
        .containsEntry("code", "bad_parameters");
  }

  @Test
  void aSecretIsNeverEchoed() {
    String refused = runner.call("finance__pays", Map.of("pin", SECRET)).toString();
    CallToolResult paid = runner.call("finance__pays", Map.of("pin", 271_828));
    assertThat(paid.isError()).isFalse();
    String seen =
        refused + paid + runner.call("pulzar_job", Map.of("job_id", document(paid).get("job_id")));
    assertThat(seen).contains("pin must be a whole number").doesNotContain(SECRET, "271828");
  }

  @Test
  void jobsOfScriptsThatMayNotBeSeenAreNotThere() {
    Object foreign = document(agent(administrator).call("ops__cleans", Map.of())).get("job_id");
    for (String tool : List.of("pulzar_job", "pulzar_job_log")) {
      assertThat(document(runner.call(tool, Map.of("job_id", foreign))))
          .containsEntry("code", "job_not_found");
    }
  }

  @Test
  void aScriptOfAnyNameCanBeCalled() {
    Agent all = agent(administrator);
    for (String path : List.of("pulzar_job", "número/añadir")) {
      String tool = ToolName.of(path);
      assertThat(document(all.call(tool, path.contains("/") ? Map.of("größe", 1.5) : Map.of())))
          .containsEntry("script", path)
          .containsEntry("state", "completed");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ops__cleans",
        "finance/report",
        "../finance/report",
        "finance__unsure",
        "finance__report\u0000",
        "FINANCE__REPORT",
        "pulzar_",
        "\ud83d\ude00"
      })
  void whatIsNoToolOfTheCallersIsNotThere(String name) {
    assertThatThrownBy(() -> runner.call(name, Map.of())).hasMessageContaining("tool");
  }

  @Test
  void whoIsNobodyIsNotAnswered() {
    for (String token : List.of("", "pzr_wrong")) {
      HttpResponse<String> answer =
          post(token, "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/list\"}");
      assertThat(answer.statusCode()).isEqualTo(401);
    }
    assertThatThrownBy(() -> new Agent(server, Optional.empty()).begin()).isNotNull();
  }

  @Test
  void aMessageThatNeedsNoAnswerGetsNone() {
    for (String body :
        List.of(
            "{\"jsonrpc\": \"2.0\", \"method\": \"notifications/initialized\"}",
            "{\"jsonrpc\": \"2.0\", \"method\": \"notifications/cancelled\", \"params\": {}}",
            "{\"jsonrpc\": \"2.0\", \"id\": 1, \"result\": {}}")) {
      HttpResponse<String> answer = post(runnersToken, body);
      assertThat(answer.statusCode()).isEqualTo(202);
      assertThat(answer.body()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{|-32700",
        "''|-32700",
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]|-32600",
        "5|-32600",
        "{\"id\":1,\"method\":\"ping\"}|-32600",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}|-32600",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}|-32600",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[]}|-32600",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/list\"}|-32601",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"}|-32602",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":7}}|-32602",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"\"}}|-32602",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"finance__fails\",\"arguments\":[]}}|-32602",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"cursor\":\"!\"}}|-32602"
      })
  void whatIsNoRequestIsSaidToBeNone(String body, int code) {
    HttpResponse<String> answer = post(runnersToken, body);
    assertThat(answer.statusCode()).isIn(200, 400);
    assertThat(answer.body()).contains("\"code\":" + code).contains("\"jsonrpc\":\"2.0\"");
  }

  @Test
  void aMessageMayBeNestedAndLargeWithinBoundsOnly() {
    String deep = "[".repeat(20_000);
    assertThat(post(runnersToken, "{\"jsonrpc\":\"2.0\",\"x\":" + deep).statusCode())
        .isEqualTo(400);
    assertThat(post(runnersToken, " ".repeat(200_000)).statusCode()).isEqualTo(413);
  }

  @Test
  void aVersionThatIsNotSpokenIsRefused() {
    String ping = "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"ping\"}";
    assertThat(post(runnersToken, ping, "MCP-Protocol-Version", "1999-01-01").body())
        .contains("bad_protocol_version");
    assertThat(post(runnersToken, ping, "MCP-Protocol-Version", "2025-06-18").body())
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
  }

  @Test
  void thereIsNoStreamAndNoSession() {
    for (String method : List.of("GET", "DELETE")) {
      assertThat(
              server
                  .send(
                      method,
                      server.master("/mcp"),
                      "",
                      "Authorization",
                      "Bearer " + runnersToken,
                      "Accept",
                      "text/event-stream")
                  .statusCode())
          .isEqualTo(405);
    }
  }

  @Test
  void theAuditLogHasWhatWasRunAndNotWhatWasRead() {
    runner.tools();
    runner.call("finance__fails", Map.of());
    String audit =
        server
            .send(
                "GET",
                server.master("/access/audit?text=agent"),
                "",
                "Authorization",
                "Bearer " + administrator)
            .body();
    assertThat(audit)
        .contains("POST /mcp runs finance/fails")
        .doesNotContain("\"POST /mcp\",\"status\":200");
  }
}
