package io.pulzar.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pulzar remove NODE}. */
@Command(
    name = "remove",
    description = "Takes a node out of the cluster that is drained or offline.")
public final class RemoveCommand extends ClientCommand {

  @Mixin private NodeName node = new NodeName();

  @Option(names = "--force", description = "also when values are lost with it")
  private boolean force;

  public RemoveCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    String route = node.route();
    return ask(
        server -> {
          server.post(route + "/remove?force=" + force, null);
          output()
              .done(
                  "node " + node + " removed", Map.of("node", node.toString(), "state", "removed"));
          return ExitStatus.DONE.code();
        });
  }
}
