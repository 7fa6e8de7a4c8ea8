package io.pulzar.cli;

import io.pulzar.settings.Settings;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** {@code pulzar grant list|set|remove}. */
public final class GrantCommand extends ClientCommand {

  private static final String ROW = "%-32s %-48s %s%n";
  private static final String ROUTE = "/access/grants";
  private static final String GRANT = "--grant";

  public GrantCommand(Supplier<Settings> settings, PrintStream out, PrintStream err) {
    super(settings, out, err);
  }

  @Override
  public String name() {
    return "grant";
  }

  @Override
  public String synopsis() {
    return "list | set 'folder:finance/**' --grant 'runner finance/**'..."
        + " | set group:NAME --grant viewer... | remove SUBJECT [--server URL]";
  }

  @Override
  public String summary() {
    return "what the scripts of a folder, and the groups of people, may do";
  }

  @Override
  Set<String> flags() {
    return Set.of();
  }

  @Override
  Set<String> options() {
    return Set.of(GRANT);
  }

  @Override
  int run(Arguments arguments, ServerClient server, PrintStream out) {
    List<String> words = arguments.words();
    String verb = words.isEmpty() ? "list" : words.getFirst();
    switch (verb) {
      case "list" -> list(server, out);
      case "set" -> {
        String subject = TokenCommand.word(words);
        List<String> grants = arguments.all(GRANT);
        if (grants.isEmpty()) {
          throw new UsageException(
              "say what it may do, as --grant viewer or --grant 'runner a/**'");
        }
        server.put(ROUTE, Map.of("subject", subject, "grants", grants));
        out.println("grants of " + subject + " set");
      }
      case "remove" -> {
        String subject = TokenCommand.word(words);
        server.delete(ROUTE + "?subject=" + URLEncoder.encode(subject, StandardCharsets.UTF_8));
        out.println("grants of " + subject + " removed");
      }
      default -> throw new UsageException("'" + verb + "' is none of list, set and remove");
    }
    return 0;
  }

  private static void list(ServerClient server, PrintStream out) {
    out.printf(ROW, "SUBJECT", "GRANTS", "CHANGED");
    each(
        server,
        ROUTE,
        "subject",
        held ->
            out.printf(
                ROW,
                held.get("subject"),
                TokenCommand.texts(held.get("grants")),
                held.get("changed")));
  }
}
