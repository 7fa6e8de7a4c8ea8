package io.pulzar.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code pulzar nodes}. */
@Command(name = "nodes", description = "Lists the nodes, how busy they are and what they hold.")
public final class NodesCommand extends ClientCommand {

  public NodesCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    return ask(
        server -> {
          @Nullable Object nodes = server.get("/admin/network");
          if (output().isJson()) {
            output().json(nodes);
            return ExitStatus.DONE.code();
          }
          Table table =
              new Table(
                  "NODE",
                  "!STATE",
                  "!FREE",
                  "!CPU%",
                  "!MEM%",
                  "!DISK%",
                  "!VALUES",
                  "!SCRIPTS",
                  "LABELS");
          for (Map<?, ?> node : Fields.objects(nodes)) {
            table.row(
                node.get("node"),
                state(node),
                Fields.text(node, "free_slots") + "/" + Fields.text(node, "slots"),
                node.get("load"),
                node.get("memory"),
                node.get("percent"),
                node.get("values"),
                node.get("scripts"),
                Fields.texts(node.get("labels")));
          }
          output().table(table);
          return ExitStatus.DONE.code();
        });
  }

  private static String state(Map<?, ?> node) {
    if (!Boolean.TRUE.equals(node.get("synch"))) {
      return "offline";
    }
    return Boolean.TRUE.equals(node.get("draining")) ? "draining" : "online";
  }
}
