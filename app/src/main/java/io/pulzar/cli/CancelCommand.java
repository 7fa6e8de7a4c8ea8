package io.pulzar.cli;

import io.pulzar.settings.Settings;
import java.io.PrintStream;
import java.util.Set;
import java.util.function.Supplier;

/** {@code pulzar cancel 7}. */
public final class CancelCommand extends ClientCommand {

  private static final String SCHEDULE = "--schedule";

  public CancelCommand(Supplier<Settings> settings, PrintStream out, PrintStream err) {
    super(settings, out, err);
  }

  @Override
  public String name() {
    return "cancel";
  }

  @Override
  public String synopsis() {
    return "ID [--schedule] [--server URL]";
  }

  @Override
  public String summary() {
    return "stops a job that waits or runs; with --schedule a schedule";
  }

  @Override
  Set<String> flags() {
    return Set.of(SCHEDULE);
  }

  @Override
  int run(Arguments arguments, ServerClient server, PrintStream out) {
    if (arguments.words().size() != 1) {
      throw new UsageException("name one job by its number; pulzar jobs lists them");
    }
    long id = id(arguments.words().getFirst());
    boolean schedule = arguments.has(SCHEDULE);
    server.post(schedule ? "/cancel_job/" + id : "/admin/jobs/" + id + "/cancel", null);
    out.println((schedule ? "schedule " : "job ") + id + " canceled");
    return 0;
  }
}
