package io.pulzar.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pulzar rerun 7}. */
@Command(name = "rerun", description = "Starts a job again: a new one with the same parameters.")
public final class RerunCommand extends ClientCommand {

  @Parameters(paramLabel = "ID", description = "the number of a job")
  private long id;

  @Mixin private WaitOptions waiting = new WaitOptions();

  public RerunCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    return ask(
        server -> {
          Object again =
              JobParameters.number(
                  Fields.object(server.post("/admin/jobs/" + id + "/rerun", null)));
          return waiting.tell(server, again, "launched", output(), terminal()).code();
        });
  }
}
