package io.pulzar.cli;

import io.pulzar.http.HttpClients;
import io.pulzar.settings.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** {@code pulzar login URL}: keeps a server and a token for the commands that follow. */
public final class LoginCommand implements Command {

  private static final String NOBODY = "nobody";

  private final Supplier<Settings> settings;
  private final Map<String, String> environment;
  private final Reader in;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * @param in where the token is read from
   */
  public LoginCommand(
      Supplier<Settings> settings,
      Map<String, String> environment,
      Reader in,
      PrintStream out,
      PrintStream err) {
    this.settings = settings;
    this.environment = Map.copyOf(environment);
    this.in = in;
    this.out = out;
    this.err = err;
  }

  @Override
  public String name() {
    return "login";
  }

  @Override
  public String synopsis() {
    return "URL < TOKEN";
  }

  @Override
  public String summary() {
    return "keeps a server and a token, read from standard input, for the commands that follow";
  }

  @Override
  public int run(List<String> typed) {
    Arguments arguments = Arguments.parse(typed, Set.of(), Set.of());
    if (arguments.words().size() != 1) {
      throw new UsageException("name the server, as https://pulzar.example:31414");
    }
    String server = arguments.words().getFirst();
    Login login = new Login(Optional.of(server), Optional.of(token()));
    try (ServerClient client =
        new ServerClient(
            ClientCommand.url(server),
            HttpClients.client(settings.get()),
            login.token(),
            Optional.empty())) {
      String who = String.valueOf(ClientCommand.object(client.get("/access/me")).get("name"));
      if (who.equals(NOBODY)) {
        throw new RefusedException("the token is unknown, revoked or has expired");
      }
      Path file = Login.file(environment);
      login.keep(file);
      out.println("logged in at " + server + " as " + who + "; kept in " + file);
      return 0;
    } catch (RefusedException e) {
      err.println("pulzar login: " + e.getMessage());
      return 1;
    }
  }

  private String token() {
    try {
      String line = new BufferedReader(in).readLine();
      if (line == null || line.isBlank()) {
        throw new UsageException("standard input has no token: pulzar login URL < FILE");
      }
      return line.strip();
    } catch (IOException e) {
      throw new UsageException("standard input can't be read: " + e.getMessage());
    }
  }
}
