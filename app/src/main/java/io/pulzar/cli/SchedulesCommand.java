package io.pulzar.cli;

import io.pulzar.settings.Settings;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** {@code pulzar schedules}, {@code pulzar schedules 3}. */
public final class SchedulesCommand extends ClientCommand {

  public SchedulesCommand(Supplier<Settings> settings, PrintStream out, PrintStream err) {
    super(settings, out, err);
  }

  @Override
  public String name() {
    return "schedules";
  }

  @Override
  public String synopsis() {
    return "[ID] [--server URL]";
  }

  @Override
  public String summary() {
    return "lists the newest schedules, or shows one with its last runs";
  }

  @Override
  Set<String> flags() {
    return Set.of();
  }

  @Override
  int run(Arguments arguments, ServerClient server, PrintStream out) {
    List<String> words = arguments.words();
    ScheduleView view = new ScheduleView(out);
    if (words.isEmpty()) {
      view.list(server.get("/admin/scheduled_jobs?limit=20"));
    } else {
      view.details(object(server.get("/admin/scheduled_jobs/" + id(words.getFirst()))));
    }
    return 0;
  }
}
