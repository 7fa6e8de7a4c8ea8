package io.pulzar.cli;

import io.pulzar.settings.Settings;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code pulzar token create|list|revoke}. */
public final class TokenCommand extends ClientCommand {

  private static final String ROW = "%-24s %-32s %-26s %-26s %s%n";
  private static final String ROUTE = "/access/tokens";
  private static final String GRANT = "--grant";
  private static final String EXPIRES = "--expires";

  public TokenCommand(Supplier<Settings> settings, PrintStream out, PrintStream err) {
    super(settings, out, err);
  }

  @Override
  public String name() {
    return "token";
  }

  @Override
  public String synopsis() {
    return "list | create NAME --grant 'runner finance/**'... [--expires 90d] | revoke NAME"
        + " [--server URL]";
  }

  @Override
  public String summary() {
    return "makes, lists and ends the tokens that programs send; a new one is shown once";
  }

  @Override
  Set<String> flags() {
    return Set.of();
  }

  @Override
  Set<String> options() {
    return Set.of(GRANT, EXPIRES);
  }

  @Override
  int run(Arguments arguments, ServerClient server, PrintStream out) {
    List<String> words = arguments.words();
    String verb = words.isEmpty() ? "list" : words.getFirst();
    switch (verb) {
      case "list" -> list(server, out);
      case "create" -> create(word(words), arguments, server, out);
      case "revoke" -> {
        server.delete(ROUTE + "/" + plain(word(words)));
        out.println("token " + word(words) + " revoked");
      }
      default -> throw new UsageException("'" + verb + "' is none of list, create and revoke");
    }
    return 0;
  }

  private static void create(
      String name, Arguments arguments, ServerClient server, PrintStream out) {
    List<String> grants = arguments.all(GRANT);
    if (grants.isEmpty()) {
      throw new UsageException("say what it may do, as --grant viewer or --grant 'runner a/**'");
    }
    Map<String, Object> wish = new HashMap<>(Map.of("name", name, "grants", grants));
    arguments.value(EXPIRES).ifPresent(expires -> wish.put("expires", expires));
    out.println(object(server.post(ROUTE, wish)).get("token"));
  }

  private static void list(ServerClient server, PrintStream out) {
    out.printf(ROW, "NAME", "GRANTS", "CREATED", "EXPIRES", "LAST USE");
    each(
        server,
        ROUTE,
        "name",
        token ->
            out.printf(
                ROW,
                token.get("name"),
                texts(token.get("grants")),
                token.get("created"),
                Objects.toString(token.get("expires"), "never"),
                Objects.toString(token.get("last_use"), "never")));
  }

  static String texts(@Nullable Object list) {
    return (list instanceof List<?> all ? all.stream() : Stream.<Object>empty())
        .map(String::valueOf)
        .collect(Collectors.joining(", "));
  }

  static String word(List<String> words) {
    if (words.size() != 2) {
      throw new UsageException("name exactly one after '" + words.getFirst() + "'");
    }
    return words.get(1);
  }

  /** A name that may stand in a URL as it is. */
  static String plain(String name) {
    if (!name.matches("[A-Za-z0-9._@-]+")) {
      throw new UsageException("'" + name + "' is not a name; list shows them");
    }
    return name;
  }
}
