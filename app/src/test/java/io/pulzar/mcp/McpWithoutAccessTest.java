package io.pulzar.mcp;

import static io.pulzar.mcp.Agent.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelcontextprotocol.spec.McpSchema.ListToolsResult;
import io.pulzar.TestServer;
import io.pulzar.jobs.ScriptedPython;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where nobody is asked who they are. */
final class McpWithoutAccessTest {

  @TempDir private Path directory;

  @Test
  void aThousandScriptsComeInBoundedPagesAndEachCanBeCalled() throws IOException {
    for (int number = 0; number < 1_000; number++) {
      Path folder = Files.createDirectories(directory.resolve("jobs/folder" + number % 10));
      Files.writeString(
          folder.resolve("script" + number + ".py"),
          "def main(a: int = 1):\n    '''Description: %s'''\n".formatted("long ".repeat(2_000)));
    }
    try (TestServer server =
            TestServer.in(directory)
                .set("pulzar.mcp.enabled", "true")
                .python(() -> new ScriptedPython(2))
                .start();
        Agent agent = new Agent(server, Optional.empty())) {
      agent.begin();
      List<ListToolsResult> pages = agent.pages();
      assertThat(pages).hasSize(10).allMatch(page -> page.tools().size() <= 102);
      List<String> names =
          pages.stream().flatMap(page -> page.tools().stream()).map(tool -> tool.name()).toList();
      assertThat(new HashSet<>(names)).hasSize(1_002).hasSameSizeAs(names);
      assertThat(pages.getFirst().tools()).allMatch(tool -> tool.description().length() <= 2_048);
      assertThat(document(agent.call("folder7__script997", Map.of("a", 3))))
          .containsEntry("script", "folder7/script997")
          .containsEntry("state", "completed");
    }
  }

  @Test
  void nothingIsOfferedUnlessItIsAskedFor() {
    try (TestServer server = TestServer.in(directory).python(() -> new ScriptedPython(1)).start();
        Agent agent = new Agent(server, Optional.empty())) {
      assertThatThrownBy(agent::begin).isNotNull();
      assertThat(
              server
                  .send(
                      "POST",
                      server.master("/mcp"),
                      "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"ping\"}")
                  .body())
          .contains("mcp_is_off", "pulzar.mcp.enabled");
    }
  }
}
