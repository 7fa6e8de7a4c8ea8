package io.pulzar.mcp;

import io.micronaut.json.JsonMapper;
import io.pulzar.http.ApiException;
import io.pulzar.jobs.JobCalls;
import io.pulzar.rights.Identity;
import io.pulzar.rights.Right;
import io.pulzar.roles.Version;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/** Answers the methods of the protocol that a server of tools has. */
final class McpServer {

  /** Those whose Streamable HTTP this is; the newest last. */
  static final List<String> VERSIONS = List.of("2025-03-26", "2025-06-18", "2025-11-25");

  private static final String INSTRUCTIONS =
      "Each tool runs a Python script on this Pulzar server and answers with its job: job_id, state,"
          + " result and output. A run that takes longer goes on; ask "
          + JobTools.JOB
          + " and "
          + JobTools.LOG
          + " for it by its job_id.";

  private final ScriptTools scripts;
  private final JobTools jobTools;
  private final JobCalls jobs;
  private final ToolAnswer answers;
  private final McpSettings settings;

  McpServer(
      ScriptTools scripts,
      JobCalls jobs,
      McpSettings settings,
      JsonMapper json,
      ExecutorService threads) {
    this.scripts = scripts;
    this.jobs = jobs;
    this.settings = settings;
    this.answers = new ToolAnswer(json, settings.answerBytes());
    this.jobTools = new JobTools(jobs, answers, settings.patience(), threads);
  }

  /** The request of a tool's call. */
  interface Launching {

    /** Where its span stands. */
    Optional<String> span();

    /** A script was launched for it. */
    void launched(String script);
  }

  /**
   * Answers a request.
   *
   * @param launching the request that may launch a script
   * @return the result of its method
   * @throws RpcException when the request itself is wrong; the stage does not fail with one
   */
  CompletionStage<Map<String, Object>> answer(
      Identity caller, RpcMessage request, Launching launching) {
    String method = request.method().orElse("");
    return switch (method) {
      case "initialize" -> done(initialized(request));
      case "ping" -> done(Map.of());
      case "tools/list" -> done(tools(caller, request.text("cursor")));
      case "tools/call" ->
          call(
              caller,
              request.text("name").orElseThrow(() -> RpcException.badParams("name is missing")),
              request,
              launching);
      default -> throw RpcException.noSuchMethod(method);
    };
  }

  private static CompletionStage<Map<String, Object>> done(Map<String, Object> result) {
    return CompletableFuture.completedStage(result);
  }

  private static Map<String, Object> initialized(RpcMessage request) {
    String newest = VERSIONS.getLast();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put(
        "protocolVersion",
        request.text("protocolVersion").filter(VERSIONS::contains).orElse(newest));
    result.put("capabilities", Map.of("tools", Map.of("listChanged", false)));
    result.put("serverInfo", Map.of("name", "pulzar", "version", Version.CURRENT));
    result.put("instructions", INSTRUCTIONS);
    return result;
  }

  private Map<String, Object> tools(Identity caller, Optional<String> cursor) {
    List<Map<String, Object>> tools = new ArrayList<>();
    if (cursor.isEmpty() && caller.may(Right.VIEW)) {
      tools.addAll(jobTools.list());
    }
    ScriptTools.Page page =
        scripts.page(caller, cursor.map(McpServer::path).orElse(""), settings.page());
    tools.addAll(page.tools());
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("tools", tools);
    page.last().ifPresent(last -> result.put("nextCursor", cursor(last)));
    return result;
  }

  private CompletionStage<Map<String, Object>> call(
      Identity caller, String tool, RpcMessage request, Launching launching) {
    if (jobTools.has(tool)) {
      return orRefusal(() -> jobTools.call(caller, tool, request.object("arguments")));
    }
    String script =
        scripts
            .find(caller, tool)
            .orElseThrow(() -> RpcException.badParams("there is no tool " + tool));
    request.object("arguments");
    return orRefusal(
        () ->
            jobs.launch(caller, script, request.arguments(), launching.span())
                .thenCompose(
                    job -> {
                      launching.launched(script);
                      return jobTools.afterWaiting(caller, job, settings.patience());
                    }));
  }

  /** What can't be done is told to the model, which may do it better; it is no broken request. */
  private CompletionStage<Map<String, Object>> orRefusal(
      Supplier<CompletionStage<Map<String, Object>>> call) {
    CompletionStage<Map<String, Object>> called;
    try {
      called = call.get();
    } catch (ApiException refusal) {
      return done(answers.refusal(refusal));
    }
    return called.exceptionally(
        failure -> {
          Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
          if (cause instanceof ApiException refusal) {
            return answers.refusal(refusal);
          }
          throw new CompletionException(cause);
        });
  }

  private static String cursor(String path) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(path.getBytes(StandardCharsets.UTF_8));
  }

  private static String path(String cursor) {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw RpcException.badParams("the cursor is none of this server's");
    }
  }
}
