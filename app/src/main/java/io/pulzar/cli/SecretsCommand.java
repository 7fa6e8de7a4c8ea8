package io.pulzar.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code pulzar secrets set|list|remove|rotate}. */
@Command(
    name = "secrets",
    description =
        "What scripts ask for with Secrets: in their docstring; nobody can read them again.")
public final class SecretsCommand extends NamedTextsCommand {

  public SecretsCommand(CommandContext context) {
    super(context, "secret");
  }

  @Command(description = "Seals all of them with a new key.")
  int rotate() {
    return ask(
        server -> {
          Map<?, ?> done = Fields.object(server.post(routes() + "/rotate", null));
          if (output().isJson()) {
            output().json(done);
            return ExitStatus.DONE.code();
          }
          output().line("everything is sealed with the key " + done.get("key") + " now");
          output().line("keep the old one, which lies beside it, as long as backups made before");
          return ExitStatus.DONE.code();
        });
  }

  @Override
  void table(List<Map<?, ?>> rows) {
    Table table = new Table("NAME", "FOLDER", "!CHANGED", "BY");
    for (Map<?, ?> row : rows) {
      table.row(row.get("name"), folder(row), row.get("changed"), row.get("changed_by"));
    }
    output().table(table);
  }
}
