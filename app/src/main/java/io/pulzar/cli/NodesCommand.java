package io.pulzar.cli;

import io.pulzar.settings.Settings;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code pulzar nodes}. */
public final class NodesCommand extends ClientCommand {

  private static final String ROW = "%-20s %-9s %-7s %-6s %-6s %-6s %-9s %-8s %s%n";

  public NodesCommand(Supplier<Settings> settings, PrintStream out, PrintStream err) {
    super(settings, out, err);
  }

  @Override
  public String name() {
    return "nodes";
  }

  @Override
  public String synopsis() {
    return "[--server URL]";
  }

  @Override
  public String summary() {
    return "lists the nodes, how busy they are and what they hold";
  }

  @Override
  Set<String> flags() {
    return Set.of();
  }

  @Override
  int run(Arguments arguments, ServerClient server, PrintStream out) {
    out.printf(
        ROW, "NODE", "STATE", "FREE", "CPU%", "MEM%", "DISK%", "VALUES", "SCRIPTS", "LABELS");
    if (server.get("/admin/network") instanceof List<?> rows) {
      rows.stream().map(ClientCommand::object).forEach(node -> print(node, out));
    }
    return 0;
  }

  private static void print(Map<?, ?> node, PrintStream out) {
    out.printf(
        ROW,
        text(node, "node"),
        state(node),
        text(node, "free_slots") + "/" + text(node, "slots"),
        text(node, "load"),
        text(node, "memory"),
        text(node, "percent"),
        text(node, "values"),
        text(node, "scripts"),
        labels(node.get("labels")));
  }

  private static String state(Map<?, ?> node) {
    if (!Boolean.TRUE.equals(node.get("synch"))) {
      return "offline";
    }
    return Boolean.TRUE.equals(node.get("draining")) ? "draining" : "online";
  }

  private static String text(Map<?, ?> node, String field) {
    return Objects.toString(node.get(field), "");
  }

  private static String labels(@Nullable Object labels) {
    return labels instanceof List<?> all
        ? all.stream().map(String::valueOf).collect(Collectors.joining(","))
        : "";
  }
}
