package io.pulzar.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pulzar scripts reports/}. */
@Command(name = "scripts", description = "Lists the scripts that can be launched.")
public final class ScriptsCommand extends ClientCommand {

  @Parameters(
      arity = "0..1",
      paramLabel = "PREFIX",
      description = "only those whose path begins with it")
  private Optional<String> prefix = Optional.empty();

  public ScriptsCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    return ask(
        server -> {
          List<Map<?, ?>> scripts =
              Fields.objects(server.get("/admin/job_catalog?nodes=true")).stream()
                  .filter(row -> Fields.text(row, "path").startsWith(prefix.orElse("")))
                  .toList();
          if (output().isJson()) {
            output().json(scripts);
          } else {
            table(scripts);
          }
          return ExitStatus.DONE.code();
        });
  }

  private void table(List<Map<?, ?>> scripts) {
    Table table = new Table("SCRIPT", "CATEGORY", "PARAMETERS", "DESCRIPTION");
    for (Map<?, ?> script : scripts) {
      table.row(
          script.get("path"),
          script.get("category"),
          script.get("args"),
          script.get("description"));
    }
    output().table(table);
  }
}
