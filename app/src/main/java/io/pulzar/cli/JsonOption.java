package io.pulzar.cli;

import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * {@code --json}, for commands that do more than ask a server; those have {@link ServerOptions}.
 */
public final class JsonOption {

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "prints what came of it as JSON")
  private boolean json;

  /** Where it is printed to, in the way that was asked for. */
  public Output output(Terminal terminal) {
    return new Output(terminal, json);
  }
}
