package io.pulzar.cli;

import io.pulzar.settings.Settings;
import java.io.PrintStream;
import java.util.Set;
import java.util.function.Supplier;

/** {@code pulzar remove NODE}. */
public final class RemoveCommand extends ClientCommand {

  private static final String FORCE = "--force";

  public RemoveCommand(Supplier<Settings> settings, PrintStream out, PrintStream err) {
    super(settings, out, err);
  }

  @Override
  public String name() {
    return "remove";
  }

  @Override
  public String synopsis() {
    return "NODE [--force] [--server URL]";
  }

  @Override
  public String summary() {
    return "takes a node out of the cluster that is drained or offline; with --force also what is lost";
  }

  @Override
  Set<String> flags() {
    return Set.of(FORCE);
  }

  @Override
  int run(Arguments arguments, ServerClient server, PrintStream out) {
    server.post(node(arguments) + "/remove?force=" + arguments.has(FORCE), null);
    out.println("node " + arguments.words().getFirst() + " removed");
    return 0;
  }
}
