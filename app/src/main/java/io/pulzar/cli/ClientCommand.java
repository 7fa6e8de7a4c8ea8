package io.pulzar.cli;

import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Mixin;

/** What the commands have in common that ask a running master. */
abstract class ClientCommand implements Callable<Integer> {

  private final CommandContext context;
  @Mixin private ServerOptions options = new ServerOptions();

  ClientCommand(CommandContext context) {
    this.context = context;
  }

  final Settings settings() {
    return context.settings();
  }

  final Terminal terminal() {
    return context.terminal();
  }

  final Output output() {
    return new Output(context.terminal(), options.json());
  }

  /** Connects to the server that is meant, asks it, and disconnects. */
  final int ask(ToIntFunction<ServerClient> question) {
    Settings usual = settings();
    Map<String, String> environment = terminal().environment();
    Login login = Login.of(environment, Login.file(environment), options.server());
    URI server =
        login
            .server()
            .or(() -> Optional.of(ServerSettings.masterUrl(usual)))
            .map(ServerChoice::of)
            .orElseThrow();
    try (ServerClient client = new ServerClient(server, usual, login.token())) {
      return question.applyAsInt(client);
    }
  }
}
