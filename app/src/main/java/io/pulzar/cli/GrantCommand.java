package io.pulzar.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pulzar grant list|set|remove}. */
@Command(
    name = "grant",
    description = "What the scripts of a folder, and the groups of people, may do.")
public final class GrantCommand extends AccessCommand {

  private static final String ROUTE = "/access/grants";
  private static final String SUBJECT = "SUBJECT";
  private static final String WHO = "'folder:finance/**' or group:NAME";

  public GrantCommand(CommandContext context) {
    super(context, ROUTE, "subject", "grants", "changed");
  }

  @Command(description = "Lists what was said.")
  int list() {
    return call();
  }

  @Command(description = "Says what a subject may do, in place of what was said before.")
  int set(
      @Parameters(paramLabel = SUBJECT, description = WHO) String subject,
      @Option(names = GRANT, required = true, paramLabel = GRANT_LABEL, description = GRANT_MEANING)
          List<String> grants) {
    return ask(
        server -> {
          server.put(ROUTE, Map.of("subject", subject, "grants", grants));
          return done("grants of", subject, "set");
        });
  }

  @Command(description = "Takes back what was said of a subject.")
  int remove(@Parameters(paramLabel = SUBJECT, description = WHO) String subject) {
    return ask(
        server -> {
          server.delete(ROUTE + new UrlText.Query().with("subject", subject));
          return done("grants of", subject, "removed");
        });
  }
}
