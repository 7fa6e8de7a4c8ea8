package io.pulzar.cli;

import io.pulzar.settings.Settings;
import java.io.PrintStream;
import java.util.Set;
import java.util.function.Supplier;

/** {@code pulzar drain NODE}, {@code pulzar drain NODE --undo}. */
public final class DrainCommand extends ClientCommand {

  private static final String UNDO = "--undo";

  public DrainCommand(Supplier<Settings> settings, PrintStream out, PrintStream err) {
    super(settings, out, err);
  }

  @Override
  public String name() {
    return "drain";
  }

  @Override
  public String synopsis() {
    return "NODE [--undo] [--server URL]";
  }

  @Override
  public String summary() {
    return "lets a node finish what it has and gives it no new jobs and values";
  }

  @Override
  Set<String> flags() {
    return Set.of(UNDO);
  }

  @Override
  int run(Arguments arguments, ServerClient server, PrintStream out) {
    String node = node(arguments);
    boolean undo = arguments.has(UNDO);
    server.post(node + (undo ? "/resume" : "/drain"), null);
    String name = arguments.words().getFirst();
    out.println(
        undo
            ? "node " + name + " may take work again"
            : "node "
                + name
                + " gets no new jobs and values; pulzar nodes shows what it still has");
    return 0;
  }
}
