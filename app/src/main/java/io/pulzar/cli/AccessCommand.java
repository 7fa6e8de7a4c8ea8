package io.pulzar.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What tokens, users and grants have in common: a list by name, and rights to give. */
abstract class AccessCommand extends ClientCommand {

  static final String GRANT = "--grant";
  static final String GRANT_LABEL = "'ROLE [WHERE]'";
  static final String GRANT_MEANING =
      "what it may do, as viewer, or 'runner finance/**'; several may be given";

  private final String route;
  private final List<String> fields;

  /**
   * @param route of the list
   * @param fields what is shown of each; the list is in order of the first
   */
  AccessCommand(CommandContext context, String route, String... fields) {
    super(context);
    this.route = route;
    this.fields = List.of(fields);
  }

  /** Without a word behind it the command lists. */
  @Override
  public final Integer call() {
    return ask(
        server -> {
          List<Map<?, ?>> rows = server.pages(route, fields.getFirst());
          if (output().isJson()) {
            output().json(rows);
          } else {
            table(rows);
          }
          return ExitStatus.DONE.code();
        });
  }

  private void table(List<Map<?, ?>> rows) {
    Table table = new Table(fields.stream().map(AccessCommand::heading).toArray(String[]::new));
    for (Map<?, ?> row : rows) {
      table.row(fields.stream().map(field -> shown(row, field)).toArray());
    }
    output().table(table);
  }

  /** Times are whole, names and grants give way. */
  private static String heading(String field) {
    boolean isTime = List.of("created", "changed", "expires", "last_use").contains(field);
    return (isTime ? "!" : "") + field.replace('_', ' ').toUpperCase(Locale.ROOT);
  }

  private static Object shown(Map<?, ?> row, String field) {
    return row.get(field) instanceof List<?> list
        ? Fields.texts(list)
        : Objects.requireNonNullElse(row.get(field), "never");
  }

  /** Something was done with one of them. */
  final int done(String kind, String name, String state) {
    output().done(kind + " " + name + " " + state, Map.of(fields.getFirst(), name, "state", state));
    return ExitStatus.DONE.code();
  }

  /** The path of one. */
  final String route(String name) {
    if (!name.matches("[A-Za-z0-9._@-]+")) {
      throw new UsageException("'" + name + "' is not a name; list shows them");
    }
    return route + "/" + name;
  }
}
