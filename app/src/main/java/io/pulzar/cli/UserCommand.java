package io.pulzar.cli;

import io.pulzar.settings.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** {@code pulzar user add|list|grant|password|remove}. */
public final class UserCommand extends ClientCommand {

  private static final String ROW = "%-24s %-48s %s%n";
  private static final String ROUTE = "/access/users";
  private static final String GRANT = "--grant";

  private final Reader in;

  /**
   * @param in where passwords are read from
   */
  public UserCommand(Supplier<Settings> settings, Reader in, PrintStream out, PrintStream err) {
    super(settings, out, err);
    this.in = in;
  }

  @Override
  public String name() {
    return "user";
  }

  @Override
  public String synopsis() {
    return "list | add NAME --grant viewer... < PASSWORD | grant NAME --grant viewer..."
        + " | password NAME < PASSWORD | remove NAME [--server URL]";
  }

  @Override
  public String summary() {
    return "the people who sign in on the page by name and password";
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
      case "add" ->
          put(words, Map.of("grants", grants(arguments), "password", password()), server, out);
      case "grant" -> put(words, Map.of("grants", grants(arguments)), server, out);
      case "password" -> put(words, Map.of("password", password()), server, out);
      case "remove" -> {
        server.delete(ROUTE + "/" + TokenCommand.plain(TokenCommand.word(words)));
        out.println("user " + words.get(1) + " removed");
      }
      default ->
          throw new UsageException(
              "'" + verb + "' is none of list, add, grant, password and remove");
    }
    return 0;
  }

  private static void put(
      List<String> words, Map<String, Object> wish, ServerClient server, PrintStream out) {
    String name = TokenCommand.plain(TokenCommand.word(words));
    server.put(ROUTE + "/" + name, new HashMap<>(wish));
    out.println("user " + name + (words.getFirst().equals("add") ? " added" : " changed"));
  }

  private static List<String> grants(Arguments arguments) {
    List<String> grants = arguments.all(GRANT);
    if (grants.isEmpty()) {
      throw new UsageException("say what they may do, as --grant viewer or --grant 'runner a/**'");
    }
    return grants;
  }

  private String password() {
    try {
      String line = new BufferedReader(in).readLine();
      if (line == null) {
        throw new UsageException("standard input has no password");
      }
      return line;
    } catch (IOException e) {
      throw new UsageException("standard input can't be read: " + e.getMessage());
    }
  }

  private static void list(ServerClient server, PrintStream out) {
    out.printf(ROW, "NAME", "GRANTS", "CREATED");
    each(
        server,
        ROUTE,
        "name",
        user ->
            out.printf(
                ROW,
                user.get("name"),
                TokenCommand.texts(user.get("grants")),
                user.get("created")));
  }
}
