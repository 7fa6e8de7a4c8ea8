package io.pulzar.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pulzar launch example/factorial number=5 --wait}. */
@Command(name = "launch", description = "Starts a job.")
public final class LaunchCommand extends ClientCommand {

  @Mixin private JobParameters parameters = new JobParameters();
  @Mixin private WaitOptions waiting = new WaitOptions();

  public LaunchCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    Map<String, Object> values = parameters.values();
    return ask(
        server -> {
          Object id = JobParameters.number(Fields.object(server.post(parameters.route(), values)));
          return waiting.tell(server, id, "launched", output(), terminal()).code();
        });
  }
}
