package io.pulzar.mcp;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ListToolsResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.pulzar.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An agent as others build them: the client of the protocol's own SDK. */
final class Agent implements AutoCloseable {

  private final McpSyncClient client;

  /**
   * @param token empty: it shows none
   */
  Agent(TestServer server, Optional<String> token) {
    HttpClientStreamableHttpTransport transport =
        HttpClientStreamableHttpTransport.builder(server.master("").toString())
            .endpoint("/mcp")
            .addHttpRequestCustomizer(
                (request, method, endpoint, body, context) ->
                    token.ifPresent(text -> request.header("Authorization", "Bearer " + text)))
            .build();
    client = McpClient.sync(transport).requestTimeout(Duration.ofSeconds(60)).build();
  }

  McpSchema.InitializeResult begin() {
    return client.initialize();
  }

  void ping() {
    client.ping();
  }

  /** Every tool, page by page. */
  List<Tool> tools() {
    List<Tool> tools = new ArrayList<>();
    for (ListToolsResult page : pages()) {
      tools.addAll(page.tools());
    }
    return tools;
  }

  List<ListToolsResult> pages() {
    List<ListToolsResult> pages = new ArrayList<>();
    @Nullable String cursor = null;
    do {
      ListToolsResult page = client.listTools(cursor);
      pages.add(page);
      cursor = page.nextCursor();
    } while (cursor != null);
    return pages;
  }

  List<String> names() {
    return tools().stream().map(Tool::name).toList();
  }

  CallToolResult call(String tool, Map<String, Object> arguments) {
    return client.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
  }

  /** The document of an answer. */
  @SuppressWarnings("unchecked") // JSON's objects have texts as keys
  static Map<String, Object> document(CallToolResult answer) {
    return (Map<String, Object>) answer.structuredContent();
  }

  @Override
  public void close() {
    client.close();
  }
}
