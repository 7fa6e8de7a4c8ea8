package io.pulzar.cli;

import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of every command that asks a server, and of the commands below it. */
final class ServerOptions {

  @Option(
      names = "--server",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description =
          "the server to ask, or several with commas between; else PULZAR_SERVER, the one of pulzar login, or the one on this"
              + " machine")
  private Optional<String> server = Optional.empty();

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "prints what the server says as JSON")
  private boolean json;

  Optional<String> server() {
    return server;
  }

  boolean json() {
    return json;
  }
}
