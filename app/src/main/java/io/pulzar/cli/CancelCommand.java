package io.pulzar.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pulzar cancel 7}. */
@Command(
    name = "cancel",
    description = "Stops a job that waits or runs; with --schedule ends a schedule.")
public final class CancelCommand extends ClientCommand {

  @Parameters(paramLabel = "ID", description = "the number of a job, or of a schedule")
  private long id;

  @Option(names = "--schedule", description = "the number is that of a schedule")
  private boolean schedule;

  public CancelCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    return ask(
        server -> {
          server.post(schedule ? "/cancel_job/" + id : "/admin/jobs/" + id + "/cancel", null);
          String what = schedule ? "schedule" : "job";
          output()
              .done(what + " " + id + " canceled", Map.of(what + "_id", id, "state", "canceled"));
          return ExitStatus.DONE.code();
        });
  }
}
