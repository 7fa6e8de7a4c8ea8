package io.pulzar.mcp;

import io.pulzar.http.Excerpt;
import io.pulzar.rights.Identity;
import io.pulzar.rights.Right;
import io.pulzar.scripts.ScriptDocumentation;
import io.pulzar.scripts.Scripts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The scripts that somebody may launch, as tools. */
final class ScriptTools {

  private static final int DESCRIPTION_BYTES = 2 << 10;

  private final Scripts scripts;

  ScriptTools(Scripts scripts) {
    this.scripts = scripts;
  }

  /**
   * A part of the list.
   *
   * @param last the path of its last script; empty: no more follow
   */
  record Page(List<Map<String, Object>> tools, Optional<String> last) {}

  /**
   * Those behind a path, in the order of their paths.
   *
   * @param most as many at most
   */
  Page page(Identity caller, String after, int most) {
    List<Scripts.Entry> found =
        launchable(caller)
            .filter(entry -> entry.path().compareTo(after) > 0)
            .limit(most + 1L)
            .toList();
    boolean more = found.size() > most;
    List<Scripts.Entry> shown = more ? found.subList(0, most) : found;
    List<Map<String, Object>> tools = new ArrayList<>();
    shown.forEach(entry -> tools.add(tool(entry)));
    return new Page(tools, more ? Optional.of(shown.getLast().path()) : Optional.empty());
  }

  /** The path of the script whose tool has this name, if it is one that the caller may launch. */
  Optional<String> find(Identity caller, String tool) {
    return launchable(caller)
        .map(Scripts.Entry::path)
        .filter(path -> ToolName.of(path).equals(tool))
        .findFirst();
  }

  /** What would be refused whoever asks, because its limits can't be read, is not offered. */
  private Stream<Scripts.Entry> launchable(Identity caller) {
    return scripts.list(List.of()).stream()
        .filter(entry -> entry.documentation().problems().isEmpty())
        .filter(entry -> caller.mayScript(Right.RUN, entry.path()));
  }

  private static Map<String, Object> tool(Scripts.Entry entry) {
    Map<String, Object> tool = new LinkedHashMap<>();
    tool.put("name", ToolName.of(entry.path()));
    tool.put("title", entry.path());
    tool.put("description", Excerpt.of(description(entry), DESCRIPTION_BYTES).text());
    tool.put("inputSchema", ToolSchema.of(entry.documentation()));
    return tool;
  }

  private static String description(Scripts.Entry entry) {
    ScriptDocumentation script = entry.documentation();
    String first =
        script.description().isBlank()
            ? "Runs the script " + entry.path() + "."
            : script.description();
    return script.arguments().isBlank() ? first : first + "\nArguments: " + script.arguments();
  }
}
