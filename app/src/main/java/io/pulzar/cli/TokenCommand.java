package io.pulzar.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pulzar token list|create|revoke}. */
@Command(name = "token", description = "Makes, lists and ends the tokens that programs send.")
public final class TokenCommand extends AccessCommand {

  private static final String ROUTE = "/access/tokens";

  public TokenCommand(CommandContext context) {
    super(context, ROUTE, "name", "grants", "created", "expires", "last_use");
  }

  @Command(description = "Lists them, without their texts.")
  int list() {
    return call();
  }

  @Command(description = "Makes one, and prints it: it is shown this once.")
  int create(
      @Parameters(paramLabel = "NAME", description = "what it is called in lists") String name,
      @Option(names = GRANT, required = true, paramLabel = GRANT_LABEL, description = GRANT_MEANING)
          List<String> grants,
      @Option(
              names = "--expires",
              paramLabel = "90d",
              description = "when it ends by itself; never unless told")
          Optional<String> expires) {
    Map<String, Object> wish = new HashMap<>(Map.of("name", name, "grants", grants));
    expires.ifPresent(time -> wish.put("expires", time));
    return ask(
        server -> {
          Map<?, ?> made = Fields.object(server.post(ROUTE, wish));
          if (output().isJson()) {
            output().json(made);
          } else {
            output().line(Fields.text(made, "token"));
          }
          return ExitStatus.DONE.code();
        });
  }

  @Command(description = "Ends one.")
  int revoke(@Parameters(paramLabel = "NAME", description = "of the token") String name) {
    String route = route(name);
    return ask(
        server -> {
          server.delete(route);
          return done("token", name, "revoked");
        });
  }
}
