package io.pulzar.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What secrets and variables have in common: texts by name, of a folder or of all. */
abstract class NamedTextsCommand extends ClientCommand {

  private static final String NAME = "NAME";
  private static final String NAMED = "A-Z, 0-9 and _";
  private static final String FOLDER = "--folder";
  private static final String BELOW = "finance/reports";
  private static final String WHOSE = "whose scripts get it; all unless told";

  private final String one;

  /**
   * @param one what one of them is called
   */
  NamedTextsCommand(CommandContext context, String one) {
    super(context);
    this.one = one;
  }

  /** Without a word behind it the command lists. */
  @Override
  public final Integer call() {
    return ask(
        server -> {
          List<Map<?, ?>> rows = Fields.objects(server.get(routes()));
          if (output().isJson()) {
            output().json(rows);
          } else {
            table(rows);
          }
          return ExitStatus.DONE.code();
        });
  }

  /** Prints them. */
  abstract void table(List<Map<?, ?>> rows);

  @Command(description = "Lists them.")
  int list() {
    return call();
  }

  @Command(description = "Sets one to what standard input holds, or what is typed unseen.")
  int set(
      @Parameters(paramLabel = NAME, description = NAMED) String name,
      @Option(names = FOLDER, paramLabel = BELOW, description = WHOSE) Optional<String> folder) {
    String route = route(name, folder);
    String value = value(name);
    return ask(
        server -> {
          server.putPlain(route, value);
          return done(name, folder, "set", "; runs that start from now on get it");
        });
  }

  @Command(description = "Removes one.")
  int remove(
      @Parameters(paramLabel = NAME, description = NAMED) String name,
      @Option(names = FOLDER, paramLabel = BELOW, description = WHOSE) Optional<String> folder) {
    String route = route(name, folder);
    return ask(
        server -> {
          server.delete(route);
          return done(name, folder, "removed", "");
        });
  }

  private int done(String name, Optional<String> folder, String state, String more) {
    output()
        .done(
            one + " " + name + " " + state + more,
            Map.of("name", name, "folder", folder.orElse(""), "state", state));
    return ExitStatus.DONE.code();
  }

  /** Where they are. */
  final String routes() {
    return "/admin/" + one + "s";
  }

  /** The folder of one, as a person reads it. */
  static Object folder(Map<?, ?> row) {
    String folder = Fields.text(row, "folder");
    return folder.isEmpty() ? "(all)" : folder;
  }

  private String route(String name, Optional<String> folder) {
    if (!name.matches("[A-Z_][A-Z0-9_]*")) {
      throw new UsageException("'" + name + "' is not a name: it has A-Z, 0-9 and _ only");
    }
    return routes() + "/" + name + new UrlText.Query().with("folder", folder);
  }

  /** All of it, without the line end that editors and echo leave. */
  private String value(String name) {
    Optional<String> typed =
        terminal().typist().apply(one + " " + name + " (what you type is not shown): ");
    String value = typed.orElseGet(() -> terminal().text().replaceFirst("\r?\n\\z", ""));
    if (value.isEmpty()) {
      throw new UsageException("standard input has no value");
    }
    return value;
  }
}
