package io.pulzar.cli;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pulzar user list|add|grant|password|remove}. */
@Command(
    name = "user",
    description = {
      "The people who sign in on the page by name and password.",
      "A password is read from standard input, or typed unseen."
    })
public final class UserCommand extends AccessCommand {

  private static final String NAME = "NAME";
  private static final String WHO = "who signs in";

  public UserCommand(CommandContext context) {
    super(context, "/access/users", "name", "grants", "created");
  }

  @Command(description = "Lists them.")
  int list() {
    return call();
  }

  @Command(description = "Adds one, with a password.")
  int add(
      @Parameters(paramLabel = NAME, description = WHO) String name,
      @Option(names = GRANT, required = true, paramLabel = GRANT_LABEL, description = GRANT_MEANING)
          List<String> grants) {
    return put(name, Map.of("grants", grants, "password", typed(name)), "added");
  }

  @Command(description = "Says what one may do, in place of what was said before.")
  int grant(
      @Parameters(paramLabel = NAME, description = WHO) String name,
      @Option(names = GRANT, required = true, paramLabel = GRANT_LABEL, description = GRANT_MEANING)
          List<String> grants) {
    return put(name, Map.of("grants", grants), "changed");
  }

  @Command(description = "Gives one a new password, and ends their sessions.")
  int password(@Parameters(paramLabel = NAME, description = WHO) String name) {
    return put(name, Map.of("password", typed(name)), "changed");
  }

  @Command(description = "Removes one, and ends their sessions.")
  int remove(@Parameters(paramLabel = NAME, description = WHO) String name) {
    String route = route(name);
    return ask(
        server -> {
          server.delete(route);
          return done("user", name, "removed");
        });
  }

  private int put(String name, Map<String, ?> wish, String state) {
    String route = route(name);
    return ask(
        server -> {
          server.put(route, wish);
          return done("user", name, state);
        });
  }

  private String typed(String name) {
    String line =
        terminal()
            .typist()
            .apply("password of " + name + " (what you type is not shown): ")
            .orElseGet(() -> Objects.requireNonNullElse(terminal().line(), ""));
    if (line.isEmpty()) {
      throw new UsageException("standard input has no password");
    }
    return line;
  }
}
