package io.pulzar.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pulzar rm /reports/july.txt}. */
@Command(name = "rm", description = "Deletes values; it ends at the first that it can't delete.")
public final class RmCommand extends ClientCommand {

  @Parameters(arity = "1..*", paramLabel = "KEY", description = "its name: /reports/july.txt")
  private List<String> keys = new ArrayList<>();

  public RmCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    return ask(
        server -> {
          for (String key : keys) {
            server.delete("/delete_key" + ValueTransfer.encoded(key));
            output().done(key + " deleted", Map.of("key", key, "state", "deleted"));
          }
          return ExitStatus.DONE.code();
        });
  }
}
