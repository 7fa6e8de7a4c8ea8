package io.pulzar.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code pulzar variables set|list|remove}. */
@Command(name = "variables", description = "Texts that the scripts of a folder, or all, get.")
public final class VariablesCommand extends NamedTextsCommand {

  public VariablesCommand(CommandContext context) {
    super(context, "variable");
  }

  @Override
  void table(List<Map<?, ?>> rows) {
    Table table = new Table("NAME", "FOLDER", "!CHANGED", "BY", "VALUE");
    for (Map<?, ?> row : rows) {
      table.row(
          row.get("name"),
          folder(row),
          row.get("changed"),
          row.get("changed_by"),
          row.get("value"));
    }
    output().table(table);
  }
}
