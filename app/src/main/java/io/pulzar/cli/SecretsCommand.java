package io.pulzar.cli;

import io.pulzar.settings.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code pulzar secrets set|list|remove|rotate} and {@code pulzar variables set|list|remove}. */
public final class SecretsCommand extends ClientCommand {

  /** Which of the two. */
  public enum Kind {
    SECRETS("secret"),
    VARIABLES("variable");

    private final String one;

    Kind(String one) {
      this.one = one;
    }

    private String many() {
      return one + "s";
    }
  }

  private static final String ROW = "%-32s %-32s %-26s %-24s %s%n";
  private static final String FOLDER = "--folder";
  private static final String EVERYWHERE = "(all)";

  private final Kind kind;
  private final Reader in;
  private final Function<String, Optional<String>> terminal;

  /**
   * @param in where values are read from
   * @param terminal asks a person without showing what is typed; empty where nobody sits
   */
  public SecretsCommand(
      Kind kind,
      Supplier<Settings> settings,
      Reader in,
      Function<String, Optional<String>> terminal,
      PrintStream out,
      PrintStream err) {
    super(settings, out, err);
    this.kind = kind;
    this.in = in;
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return kind.many();
  }

  @Override
  public String synopsis() {
    return "list | set NAME [--folder finance/reports] < VALUE | remove NAME [--folder F]"
        + (kind == Kind.SECRETS ? " | rotate" : "")
        + " [--server URL]";
  }

  @Override
  public String summary() {
    return switch (kind) {
      case SECRETS ->
          "what scripts ask for with Secrets: in their docstring; nobody can read them again,"
              + "\n      rotate seals them with a new key";
      case VARIABLES -> "texts that the scripts of a folder, or all, get";
    };
  }

  @Override
  Set<String> flags() {
    return Set.of();
  }

  @Override
  Set<String> options() {
    return Set.of(FOLDER);
  }

  @Override
  int run(Arguments arguments, ServerClient server, PrintStream out) {
    List<String> words = arguments.words();
    String verb = words.isEmpty() ? "list" : words.getFirst();
    if (verb.equals("list")) {
      list(server, out);
    } else if (verb.equals("set")) {
      String route = route(words, arguments);
      server.putPlain(route, value(words.get(1)));
      out.println(kind.one + " " + words.get(1) + " set; runs that start from now on get it");
    } else if (verb.equals("remove")) {
      server.delete(route(words, arguments));
      out.println(kind.one + " " + words.get(1) + " removed");
    } else if (verb.equals("rotate") && kind == Kind.SECRETS) {
      Map<?, ?> done = object(server.post(routes() + "/rotate", null));
      out.println("everything is sealed with the key " + done.get("key") + " now");
      out.println("keep the old one, which lies beside it, as long as backups made before");
    } else {
      throw new UsageException("'" + verb + "' is none of " + verbs());
    }
    return 0;
  }

  private String verbs() {
    return kind == Kind.SECRETS ? "list, set, remove and rotate" : "list, set and remove";
  }

  private String routes() {
    return "/admin/" + kind.many();
  }

  private String route(List<String> words, Arguments arguments) {
    String name = TokenCommand.word(words);
    if (!name.matches("[A-Z_][A-Z0-9_]*")) {
      throw new UsageException("'" + name + "' is not a name: it has A-Z, 0-9 and _ only");
    }
    return routes()
        + "/"
        + name
        + arguments
            .value(FOLDER)
            .map(folder -> "?folder=" + URLEncoder.encode(folder, StandardCharsets.UTF_8))
            .orElse("");
  }

  private String value(String name) {
    Optional<String> typed =
        terminal.apply(kind.one + " " + name + " (what you type is not shown): ");
    String value = typed.orElseGet(this::piped);
    if (value.isEmpty()) {
      throw new UsageException("standard input has no value");
    }
    return value;
  }

  /** All of it, without the line end that editors and echo leave. */
  private String piped() {
    try {
      StringWriter text = new StringWriter();
      in.transferTo(text);
      return text.toString().replaceFirst("\r?\n\\z", "");
    } catch (IOException e) {
      throw new UsageException("standard input can't be read: " + e.getMessage());
    }
  }

  private void list(ServerClient server, PrintStream out) {
    boolean values = kind == Kind.VARIABLES;
    out.printf(ROW, "NAME", "FOLDER", "CHANGED", "BY", values ? "VALUE" : "");
    if (server.get(routes()) instanceof List<?> rows) {
      rows.stream()
          .map(ClientCommand::object)
          .forEach(
              row ->
                  out.printf(
                      ROW,
                      row.get("name"),
                      "".equals(row.get("folder")) ? EVERYWHERE : row.get("folder"),
                      row.get("changed"),
                      row.get("changed_by"),
                      values ? row.get("value") : ""));
    }
  }
}
