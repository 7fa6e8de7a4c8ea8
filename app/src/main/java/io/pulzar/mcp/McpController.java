package io.pulzar.mcp;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.annotation.Secured;
import io.pulzar.http.ApiException;
import io.pulzar.http.BodyText;
import io.pulzar.http.WholeBody;
import io.pulzar.jobs.JobCalls;
import io.pulzar.rights.Access;
import io.pulzar.rights.AuditNote;
import io.pulzar.rights.Identity;
import io.pulzar.rights.Rights;
import io.pulzar.roles.OnMaster;
import io.pulzar.scripts.Scripts;
import io.pulzar.settings.Settings;
import io.pulzar.tracing.RequestTraces;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

/** {@code POST /mcp}: one message of the Model Context Protocol. */
@OnMaster
@Controller("/mcp")
final class McpController {

  private static final String VERSION = "MCP-Protocol-Version";

  /** What a message may have around the parameters of a job. */
  private static final long AROUND = 64 << 10;

  private final McpServer server;
  private final McpSettings settings;
  private final long largest;
  private final Access access;
  private final JsonMapper json;
  private final ExecutorService threads;

  McpController(
      Scripts scripts,
      JobCalls jobs,
      Settings settings,
      Access access,
      JsonMapper json,
      @Named(TaskExecutors.BLOCKING) ExecutorService threads) {
    this.settings = McpSettings.of(settings);
    this.server = new McpServer(new ScriptTools(scripts), jobs, this.settings, json, threads);
    this.largest = jobs.parametersBytes() + AROUND;
    this.access = access;
    this.json = json;
    this.threads = threads;
  }

  @Secured(Rights.VIEW)
  @Post(consumes = MediaType.ALL)
  CompletionStage<HttpResponse<String>> message(ServerHttpRequest<?> request) {
    requireOn(request);
    Identity caller = access.of(request);
    return WholeBody.read(request, largest, McpController::tooLarge)
        .thenComposeAsync(body -> answer(request, caller, BodyText.decode(request, body)), threads);
  }

  private void requireOn(HttpRequest<?> request) {
    if (!settings.enabled()) {
      throw ApiException.notFound(
          "mcp_is_off", "agents are not answered here: " + McpSettings.ENABLED.name() + " is off");
    }
    String version = request.getHeaders().get(VERSION);
    if (version != null && !McpServer.VERSIONS.contains(version)) {
      throw ApiException.badRequest(
          "bad_protocol_version",
          VERSION + " is " + version + "; this server speaks " + McpServer.VERSIONS);
    }
  }

  private CompletionStage<HttpResponse<String>> answer(
      HttpRequest<?> request, Identity caller, String body) {
    RpcMessage message;
    try {
      message = RpcMessage.read(body, json);
    } catch (RpcException wrong) {
      return CompletableFuture.completedStage(
          HttpResponse.badRequest(written(error(JsonNode.nullNode(), wrong))));
    }
    if (!message.isRequest()) {
      AuditNote.onlyReads(request);
      return CompletableFuture.completedStage(HttpResponse.accepted());
    }
    JsonNode id = message.id().orElseThrow();
    CompletionStage<Map<String, Object>> answered;
    try {
      AuditNote.onlyReads(request);
      answered = server.answer(caller, message, launching(request));
    } catch (RpcException wrong) {
      return CompletableFuture.completedStage(HttpResponse.ok(written(error(id, wrong))));
    }
    return answered.<HttpResponse<String>>thenApply(
        result -> HttpResponse.ok(written(reply(id, "result", result))));
  }

  private static McpServer.Launching launching(HttpRequest<?> request) {
    return new McpServer.Launching() {
      @Override
      public Optional<String> span() {
        return RequestTraces.of(request);
      }

      @Override
      public void launched(String script) {
        AuditNote.of(request, "runs " + script);
      }
    };
  }

  private static Map<String, Object> error(JsonNode id, RpcException wrong) {
    return reply(id, "error", Map.of("code", wrong.code(), "message", wrong.getMessage()));
  }

  private static Map<String, Object> reply(JsonNode id, String name, Object value) {
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("jsonrpc", "2.0");
    reply.put("id", id);
    reply.put(name, value);
    return reply;
  }

  private String written(Map<String, Object> reply) {
    try {
      return json.writeValueAsString(reply);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static ApiException tooLarge(long limit) {
    return ApiException.tooLarge(
        "message_too_large",
        "a message may have " + limit + " bytes; store larger data as a value and name its key");
  }
}
