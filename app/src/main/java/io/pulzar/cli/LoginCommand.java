package io.pulzar.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pulzar login URL}: keeps a server and a token for the commands that follow. */
@Command(
    name = "login",
    description = {
      "Keeps a server and a token for the commands that follow.",
      "The token is read from standard input, or typed unseen."
    })
public final class LoginCommand implements Callable<Integer> {

  private static final String NOBODY = "nobody";

  private final CommandContext context;

  @Mixin private JsonOption json = new JsonOption();

  @Parameters(paramLabel = "URL", description = "the server, as https://pulzar.example:31414")
  private String server = "";

  public LoginCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Login login = new Login(Optional.of(server), Optional.of(token()));
    try (ServerClient client =
        new ServerClient(UrlText.server(server), context.settings(), login.token())) {
      String who = Fields.text(Fields.object(client.get("/access/me")), "name");
      if (who.equals(NOBODY)) {
        throw new RefusedException("the token is unknown, revoked or has expired");
      }
      Path file = Login.file(context.terminal().environment());
      login.keep(file);
      json.output(context.terminal())
          .done(
              "logged in at " + server + " as " + who + "; kept in " + file,
              Map.of("server", server, "name", who, "file", file.toString()));
      return ExitStatus.DONE.code();
    }
  }

  private String token() {
    Terminal terminal = context.terminal();
    String line =
        terminal
            .typist()
            .apply("token (what you type is not shown): ")
            .orElseGet(() -> Objects.requireNonNullElse(terminal.line(), ""));
    if (line.isBlank()) {
      throw new UsageException("standard input has no token: pulzar login URL < FILE");
    }
    return line.strip();
  }
}
