package io.pulzar.cli;

import io.pulzar.settings.Settings;
import java.io.PrintStream;
import java.util.Set;
import java.util.function.Supplier;

/** {@code pulzar pause 3}, {@code pulzar resume 3}, {@code pulzar run-now 3}. */
public final class ScheduleCommand extends ClientCommand {

  /** What is done with the schedule. */
  public enum Wish {
    PAUSE("pause", "/pause", "paused", "lets a schedule start nothing until it is resumed"),
    RESUME("resume", "/resume", "resumed", "goes on with a paused schedule"),
    RUN_NOW("run-now", "/run", "started", "starts one more run of a schedule at once");

    private final String word;
    private final String route;
    private final String done;
    private final String summary;

    Wish(String word, String route, String done, String summary) {
      this.word = word;
      this.route = route;
      this.done = done;
      this.summary = summary;
    }
  }

  private final Wish wish;

  public ScheduleCommand(Wish wish, Supplier<Settings> settings, PrintStream out, PrintStream err) {
    super(settings, out, err);
    this.wish = wish;
  }

  @Override
  public String name() {
    return wish.word;
  }

  @Override
  public String synopsis() {
    return "ID [--server URL]";
  }

  @Override
  public String summary() {
    return wish.summary;
  }

  @Override
  Set<String> flags() {
    return Set.of();
  }

  @Override
  int run(Arguments arguments, ServerClient server, PrintStream out) {
    if (arguments.words().size() != 1) {
      throw new UsageException("name one schedule by its number; pulzar schedules lists them");
    }
    long id = id(arguments.words().getFirst());
    server.post("/admin/scheduled_jobs/" + id + wish.route, null);
    out.println("schedule " + id + " " + wish.done);
    return 0;
  }
}
