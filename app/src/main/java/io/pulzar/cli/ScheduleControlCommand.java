package io.pulzar.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pulzar pause 3}, {@code pulzar resume 3}, {@code pulzar run-now 3}. */
public abstract sealed class ScheduleControlCommand extends ClientCommand {

  private final String route;
  private final String done;

  @Parameters(
      paramLabel = "ID",
      description = "the number of a schedule; pulzar schedules lists them")
  private long id;

  private ScheduleControlCommand(CommandContext context, String route, String done) {
    super(context);
    this.route = route;
    this.done = done;
  }

  /** Pauses one. */
  @Command(name = "pause", description = "Lets a schedule start nothing until it is resumed.")
  public static final class Pause extends ScheduleControlCommand {
    public Pause(CommandContext context) {
      super(context, "pause", "paused");
    }
  }

  /** Resumes one. */
  @Command(name = "resume", description = "Goes on with a paused schedule.")
  public static final class Resume extends ScheduleControlCommand {
    public Resume(CommandContext context) {
      super(context, "resume", "resumed");
    }
  }

  /** Runs one. */
  @Command(name = "run-now", description = "Starts one more run of a schedule at once.")
  public static final class RunNow extends ScheduleControlCommand {
    public RunNow(CommandContext context) {
      super(context, "run", "started");
    }
  }

  @Override
  public Integer call() {
    return ask(
        server -> {
          server.post("/admin/scheduled_jobs/" + id + "/" + route, null);
          output().done("schedule " + id + " " + done, Map.of("schedule_id", id, "state", done));
          return ExitStatus.DONE.code();
        });
  }
}
