package io.pulzar.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pulzar drain NODE}, {@code pulzar drain NODE --undo}. */
@Command(
    name = "drain",
    description = "Lets a node finish what it has and gives it no new jobs and values.")
public final class DrainCommand extends ClientCommand {

  @Mixin private NodeName node = new NodeName();

  @Option(names = "--undo", description = "gives it work again")
  private boolean undo;

  public DrainCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    String route = node.route();
    return ask(
        server -> {
          server.post(route + (undo ? "/resume" : "/drain"), null);
          output()
              .done(
                  undo
                      ? "node " + node + " may take work again"
                      : "node "
                          + node
                          + " gets no new jobs and values; pulzar nodes shows what it still has",
                  Map.of("node", node.toString(), "state", undo ? "online" : "draining"));
          return ExitStatus.DONE.code();
        });
  }
}
